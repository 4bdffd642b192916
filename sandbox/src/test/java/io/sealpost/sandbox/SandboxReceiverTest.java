package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SandboxReceiverTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<ReceivedMail> received = new CopyOnWriteArrayList<>();
    private SandboxReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = SandboxReceiver.start(
                "mx1.sandbox.test",
                List.of(InetAddress.getLoopbackAddress(), InetAddress.getByAddress(new byte[] {127, 0, 0, 2})),
                0,
                folder,
                Clock.tickMillis(ZoneOffset.UTC));
        receiver.onReceived(received::add);
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void writesTheBytesAsTheyCameAndALineAboutThem() throws IOException {
        String body = "Message-ID: <a/../b@shop.test>\r\n\r\n..stuffed\r\nbare\nline\r\n\u00e9\r\n";
        try (SmtpProbe client = connect("127.0.0.2")) {
            client.say("EHLO relay.test");
            assertThat(client.say("MAIL FROM:<a@shop.test> BODY=8BITMIME SIZE=100"))
                    .startsWith("250");
            assertThat(client.say("RCPT TO:<b@sandbox.test>")).startsWith("250");
            assertThat(client.say("RCPT TO:<c@sandbox.test> NOTIFY=NEVER")).startsWith("250");
            assertThat(client.say("DATA")).startsWith("354");
            assertThat(client.say(body + ".")).isEqualTo("250 2.0.0 received as 1-a_.._b@shop.test.eml");
        }
        Path file = folder.resolve("1-a_.._b@shop.test.eml");
        assertThat(Files.readAllBytes(file))
                .isEqualTo(body.replace("..st", ".st").getBytes(StandardCharsets.ISO_8859_1));
        JsonNode line = new ObjectMapper().readTree(Files.readString(folder.resolve("received.jsonl")));
        assertThat(line.get("mail_from").asText()).isEqualTo("a@shop.test");
        assertThat(line.get("rcpt_to")).hasSize(2).first().hasToString("\"b@sandbox.test\"");
        assertThat(line.get("helo").asText()).isEqualTo("relay.test");
        assertThat(line.get("local").asText()).isEqualTo("127.0.0.2:" + receiver.port());
        assertThat(line.get("tls").isNull()).isTrue();
        assertThat(line.get("size").asLong()).isEqualTo(Files.size(file));
        assertThat(line.get("file").asText()).isEqualTo(file.getFileName().toString());
        assertThat(received).singleElement().extracting(ReceivedMail::file).isEqualTo(file);
    }

    @Test
    void unstuffsADotAtTheVeryBeginning() throws IOException {
        try (SmtpProbe client = connect("127.0.0.1")) {
            client.say("EHLO relay.test");
            assertThat(deliver(client, "..first line\r\n")).startsWith("250");
        }
        assertThat(received.get(0).file()).hasContent(".first line");
        assertThat(received.get(0).file().getFileName()).hasToString("1-no-id.eml");
    }

    @Test
    void speaksTlsAndSaysWhichWhenTheClientVerifies() throws Exception {
        try (SmtpProbe client = connect("127.0.0.1")) {
            assertThat(client.say("EHLO relay.test")).contains("250-STARTTLS");
            assertThat(client.say("STARTTLS")).startsWith("220");
            client.encrypt(receiver.certificate(), "mx1.sandbox.test");
            assertThat(client.say("EHLO relay.test")).doesNotContain("STARTTLS").doesNotContain("CHUNKING");
            deliver(client, "Subject: x\r\n\r\n");
        }
        assertThat(received.get(0).connection().tls()).hasValueSatisfying(tls -> {
            assertThat(tls.version()).isEqualTo("TLSv1.3");
            assertThat(tls.cipher()).startsWith("TLS_");
        });
        assertThat(folder.resolve("received.jsonl")).content().contains("\"tls\":\"TLSv1.3\"");
    }

    @Test
    void takesPipelinedMessagesAndTheNullSenderOnOneConnection() throws IOException {
        try (SmtpProbe client = connect("127.0.0.1")) {
            client.say("EHLO relay.test");
            String first = "MAIL FROM:<>\r\nRCPT TO:<b@sandbox.test>\r\nDATA\r\n";
            client.send(first + "one\r\n.\r\n" + first + "two\r\n.\r\nQUIT\r\n");
            for (String expected : List.of("250", "250", "354", "250", "250", "250", "354", "250", "221")) {
                assertThat(client.reply()).startsWith(expected);
            }
        }
        assertThat(received).extracting(ReceivedMail::mailFrom).containsExactly("", "");
        assertThat(received.get(1).file()).hasContent("two");
    }

    @Test
    void takesNothingFromAPeerThatGoesAwayInsideTheData() throws IOException {
        try (SmtpProbe client = connect("127.0.0.1")) {
            client.say("EHLO relay.test");
            client.say("MAIL FROM:<a@shop.test>");
            client.say("RCPT TO:<b@sandbox.test>");
            client.say("DATA");
            client.send("Subject: half\r\n");
        }
        try (SmtpProbe client = connect("127.0.0.1")) {
            client.say("HELO relay.test");
            deliver(client, "whole\r\n");
        }
        assertThat(received).hasSize(1);
        assertThat(folder.resolve("received.jsonl")).content().hasLineCount(1);
    }

    @Test
    void goesOnCountingAfterARestart() throws IOException {
        ReceivedMail.Connection connection = new ReceivedMail.Connection(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2),
                "",
                Optional.empty());
        new ReceivedFolder(folder).write(CLOCK.instant(), connection, "", List.of("b@sandbox.test"), new byte[0]);
        ReceivedMail next = new ReceivedFolder(folder)
                .write(CLOCK.instant(), connection, "", List.of("b@sandbox.test"), new byte[0]);
        assertThat(next.file().getFileName()).hasToString("2-no-id.eml");
    }

    @Test
    void tellsNoLogWhatItHears() throws IOException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try (SmtpProbe client = connect("127.0.0.1")) {
            client.say("EHLO relay.test");
            client.say("AUTH PLAIN c2VjcmV0");
            deliver(client, "Subject: secret\r\n\r\nsecret\r\n");
            client.say("QUIT secret");
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(
                        line -> line.contains("secret") || line.contains("c2VjcmV0") || line.contains("sandbox.test"));
    }

    @Test
    void saysPlainlyThatItsPortIsTaken() {
        assertThatThrownBy(() -> SandboxReceiver.start(
                        "mx", List.of(InetAddress.getLoopbackAddress()), receiver.port(), folder, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + receiver.port());
    }

    @Test
    void cutsStandingConnectionsWhenItStops() throws IOException {
        try (SmtpProbe client = connect("127.0.0.1")) {
            receiver.close();
            assertThatThrownBy(() -> {
                        if (client.reply().equals("null")) {
                            throw new IOException("end of stream");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private SmtpProbe connect(String address) throws IOException {
        SmtpProbe client = new SmtpProbe(address, receiver.port());
        assertThat(client.reply()).startsWith("220 mx1.sandbox.test ESMTP");
        return client;
    }

    private static String deliver(SmtpProbe client, String data) throws IOException {
        client.say("MAIL FROM:<a@shop.test>");
        client.say("RCPT TO:<b@sandbox.test>");
        client.say("DATA");
        return client.say(data + ".");
    }
}
