package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.OddMail;
import io.sealpost.fixtures.RawSmtpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running relay makes of messages that break a rule or strain one: refused in one sentence, or signed and delivered as they are. */
class OddMessagesStory {
    private static final String ANNA = RelayUnderTest.ANNA.toString();
    private static final String SETTINGS =
            "[signing]\nverify = \"all\"\n[limits]\naccount_messages = \"0\"\naccount_recipients = \"0\"\nbrake = \"off\"\n";

    @TempDir
    private Path folder;

    @Test
    void eachIsRefusedInASentenceOrArrivesAsItIs() throws Exception {
        List<OddMail> taken = OddMail.taken(ANNA);
        try (RelayUnderTest relay = RelayUnderTest.start(folder, SETTINGS);
                RawSmtpClient client = relay.login()) {
            SoftAssertions softly = new SoftAssertions();
            for (OddMail odd : OddMail.refused(ANNA)) {
                client.say("MAIL FROM:<" + ANNA + ">", "250")
                        .say("RCPT TO:<shop@shop.test>", "250")
                        .say("DATA", "354");
                String reply = client.sendData(odd.bytes()).reply().get(0);
                softly.assertThat(reply).as(odd.kind()).matches(odd.refusal().orElseThrow());
                client.say("RSET", "250");
            }
            for (int i = 0; i < taken.size(); i++) {
                client.deliver(ANNA, "m" + i + "@shop.test", taken.get(i).bytes());
            }
            Map<String, MxMessage> arrived = relay.mx().awaitMessages(taken.size(), RelayUnderTest.PATIENCE).stream()
                    .collect(Collectors.toMap(mail -> mail.rcptTo().get(0), Function.identity()));
            for (int i = 0; i < taken.size(); i++) {
                check(softly, relay, taken.get(i), arrived.get("m" + i + "@shop.test"));
            }
            softly.assertAll();
        }
    }

    private static void check(SoftAssertions softly, RelayUnderTest relay, OddMail odd, MxMessage mail) {
        assertThat(mail).as(odd.kind()).isNotNull();
        List<String> added = new ArrayList<>(List.of("dkim-signature", "dkim-signature", "received"));
        String expected = SubmittedMail.arriving(odd.bytes(), added);
        softly.assertThat(mail.text().endsWith(expected)).as(odd.kind()).isTrue();
        String front = mail.text().substring(0, mail.text().length() - expected.length());
        softly.assertThat(SubmittedMail.names(front)).as(odd.kind()).isEqualTo(added);
        softly.assertThat(relay.verdicts(mail.content()))
                .as(odd.kind())
                .startsWith(Verdict.Kind.PASS, Verdict.Kind.PASS);
    }
}
