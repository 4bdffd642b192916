package io.sealpost.cli.story;

import io.sealpost.cli.foreign.Jdkim;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.Corpus;
import io.sealpost.fixtures.CorpusMail;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real mail goes through unchanged but for the fields that a submission server adds and cuts, and its signatures hold. */
class CorpusStory {
    private static final int MESSAGES = 100;
    private static final String NO_LIMITS = RelayUnderTest.NO_LIMITS;

    /** Messages that jDKIM 0.5 cannot verify: it reads them through mime4j, or by a wrong rule for empty bodies. */
    private static final Set<String> JDKIM_FAULTS = Set.of(
            // 8-bit header bytes go through a charset
            "stalwart--016.eml",
            "stalwart--026.eml",
            "stalwart--050.eml",
            "rubymail--invalid_subject_characters.eml",
            "stalwart--023.eml",
            // an empty body is hashed as CRLF
            "rspamd--from_comment.eml",
            "rspamd--good_dkim_highsecure.eml",
            "rspamd--invalid_mid_allowed.eml",
            "rubymail--missing_body.eml",
            "stalwart-auth--emptybody.eml",
            "stalwart-auth--emptybody-ed25519.eml",
            // mime4j refuses headers this long
            "mimekit--stack-overflow.eml");

    @TempDir
    private Path folder;

    @Test
    void arrivesUnchangedFromRawBytes() throws Exception {
        Map<String, byte[]> sent = new TreeMap<>();
        try (RelayUnderTest relay = RelayUnderTest.start(folder, NO_LIMITS)) {
            try (RawSmtpClient client = relay.login()) {
                for (CorpusMail mail : sample(0)) {
                    byte[] bytes = mail.withFrom(RelayUnderTest.ANNA.toString());
                    String recipient = "m" + sent.size() + "@shop.test";
                    client.deliver(RelayUnderTest.ANNA.toString(), recipient, bytes);
                    sent.put(recipient + " " + mail.name(), bytes);
                }
            }
            check(relay, sent);
        }
    }

    @Test
    void arrivesUnchangedFromJakartaMail() throws Exception {
        Map<String, byte[]> sent = new TreeMap<>();
        try (RelayUnderTest relay = RelayUnderTest.start(folder, NO_LIMITS)) {
            Session session = session(relay.submission().getPort());
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(RelayUnderTest.ANNA.toString(), relay.appPassword());
                for (CorpusMail mail : sample(1)) {
                    MimeMessage message = new MimeMessage(
                            session, new ByteArrayInputStream(mail.withFrom(RelayUnderTest.ANNA.toString())));
                    String recipient = "m" + sent.size() + "@shop.test";
                    transport.sendMessage(message, new Address[] {new InternetAddress(recipient)});
                    sent.put(recipient + " " + mail.name(), written(message));
                }
            }
            check(relay, sent);
        }
    }

    /** Evenly spread over what can be submitted; another shift, other messages. */
    private static List<CorpusMail> sample(int shift) {
        List<CorpusMail> all = Corpus.submittable().toList();
        int step = all.size() / MESSAGES;
        List<CorpusMail> sample = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            sample.add(all.get(i * step + shift % step));
        }
        return sample;
    }

    private static Session session(int port) {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.from", RelayUnderTest.ANNA.toString());
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.trust", "127.0.0.1");
        properties.put("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.smtp.timeout", "20000");
        return Session.getInstance(properties);
    }

    /** As its transport writes it. */
    private static byte[] written(MimeMessage message) throws IOException, MessagingException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out, new String[] {"Bcc", "Content-Length"});
        return out.toByteArray();
    }

    private static void check(RelayUnderTest relay, Map<String, byte[]> sent) {
        Map<String, MxMessage> arrived = new TreeMap<>();
        relay.mx()
                .awaitMessages(sent.size(), RelayUnderTest.PATIENCE)
                .forEach(message -> arrived.put(message.rcptTo().get(0), message));
        TreeSet<String> jdkimSaysNo = new TreeSet<>();
        SoftAssertions softly = new SoftAssertions();
        sent.forEach((name, bytes) -> {
            MxMessage mail = arrived.get(name.substring(0, name.indexOf(' ')));
            List<String> added = new ArrayList<>(List.of("dkim-signature", "dkim-signature", "received"));
            String expected = SubmittedMail.arriving(bytes, added);
            String text = mail.text();
            softly.assertThat(text.substring(Math.max(0, text.length() - expected.length())))
                    .as(name)
                    .isEqualTo(expected);
            String front = text.substring(0, Math.max(0, text.length() - expected.length()));
            softly.assertThat(SubmittedMail.names(front)).as(name).isEqualTo(added);
            softly.assertThat(relay.verdicts(mail.content())).as(name).startsWith(Verdict.Kind.PASS, Verdict.Kind.PASS);
            if (!Jdkim.takes(mail.content(), relay::published)) {
                jdkimSaysNo.add(name.substring(name.indexOf(' ') + 1));
            }
        });
        softly.assertThat(jdkimSaysNo).isSubsetOf(JDKIM_FAULTS);
        softly.assertAll();
    }
}
