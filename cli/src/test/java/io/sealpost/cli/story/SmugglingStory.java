package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.EndsOfData;
import io.sealpost.fixtures.RawSmtpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No sequence of CR, LF, NUL and a dot makes two mails of one: neither here, nor at a receiver that reads line ends loosely. */
class SmugglingStory {
    private static final String SMUGGLED = "MAIL FROM:<x@evil.test>\r\nRCPT TO:<victim@lenient.test>\r\nDATA\r\n"
            + "Subject: smuggled\r\n\r\nsmuggled\r\n";

    @TempDir
    private Path folder;

    @Test
    void oneMailStaysOneOnAllItsWay() throws IOException {
        try (RelayUnderTest relay = RelayUnderTest.start(folder, RelayUnderTest.NO_LIMITS);
                LenientMx receiver = LenientMx.start("127.0.0.4", relay.mx().port())) {
            relay.dns().change(zones -> zones.mx("lenient.test", 10, "mx.lenient.test", "127.0.0.4"));
            assertThat(EndsOfData.untrue()).hasSizeGreaterThan(40);
            long taken = byData(relay) + byChunks(relay);
            assertThat(taken).as("those that are taken at all").isGreaterThan(15);
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> receiver.messages().size() >= taken);
            relay.submit("the last one", "shop@lenient.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> receiver.messages().stream().anyMatch(message -> message.contains("the last one")));
            assertThat(receiver.messages()).hasSize((int) taken + 1);
            assertThat(receiver.senders()).allMatch(sender -> sender.contains("<anna@office.test>"));
        }
    }

    private static long byData(RelayUnderTest relay) {
        long taken = 0;
        try (RawSmtpClient client = relay.login()) {
            for (String end : EndsOfData.untrue()) {
                begin(client);
                client.say("DATA", "354").send(bytes(RelayUnderTest.mail("x" + end + SMUGGLED + ".\r\n")));
                taken += taken(client, end);
            }
        }
        return taken;
    }

    /** Here the true end of DATA is content like any other, too. */
    private static long byChunks(RelayUnderTest relay) {
        List<String> ends = Stream.concat(EndsOfData.untrue().stream(), Stream.of("\r\n.\r\n"))
                .toList();
        long taken = 0;
        try (RawSmtpClient client = relay.login()) {
            for (String end : ends) {
                begin(client);
                byte[] mail = bytes(RelayUnderTest.mail("x" + end + SMUGGLED));
                int cut = mail.length - SMUGGLED.length() - 2; // Within the sequence.
                client.send("BDAT " + cut + "\r\n");
                client.send(java.util.Arrays.copyOf(mail, cut));
                client.send("BDAT " + (mail.length - cut) + " LAST\r\n");
                client.send(java.util.Arrays.copyOfRange(mail, cut, mail.length));
                String first = client.reply().get(0);
                assertThat(first).as(EndsOfData.shown(end)).matches("(250 2\\.0\\.0|554 5\\.6\\.0) .*");
                taken += taken(client, end);
            }
        }
        return taken;
    }

    private static void begin(RawSmtpClient client) {
        client.say("MAIL FROM:<" + RelayUnderTest.ANNA + ">", "250").say("RCPT TO:<shop@lenient.test>", "250");
    }

    private static int taken(RawSmtpClient client, String end) {
        String reply = client.reply().get(0);
        assertThat(reply).as(EndsOfData.shown(end)).matches("(250 2\\.0\\.0 Ok: queued|554 5\\.6\\.0) .*");
        client.say("VRFY behind-the-only-end", "252").say("RSET", "250");
        return reply.startsWith("250") ? 1 : 0;
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.UTF_8);
    }
}
