package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipeliningTest {
    @TempDir
    Path directory;

    private ListenerFixture relay;

    @BeforeEach
    void start() throws IOException {
        relay = ListenerFixture.start(directory);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void aBatchIsAnsweredInOrderAndInOnePacket() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.send("RSET\r\nMAIL FROM:<anna@customer.example>\r\nRCPT TO:<a@b.example>\r\nRCPT TO:<c>\r\n"
                    + "RCPT TO:<d@e.example>\r\nDATA\r\n");
            assertThat(client.oneRead().split("\r\n"))
                    .satisfiesExactly(
                            reply -> assertThat(reply).startsWith("250 2.0.0 "),
                            reply -> assertThat(reply).startsWith("250 2.1.0 "),
                            reply -> assertThat(reply).startsWith("250 2.1.5 "),
                            reply -> assertThat(reply).startsWith("501 5.1.3 "),
                            reply -> assertThat(reply).startsWith("250 2.1.5 "),
                            reply -> assertThat(reply).startsWith("354 "));
            client.send("x\r\n.\r\nMAIL FROM:<anna@customer.example>\r\nQUIT\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued");
            assertThat(client.reply()).startsWith("250 2.1.0 ");
            assertThat(client.reply()).startsWith("221 ");
        }
        assertThat(relay.submissions.only().recipients()).hasSize(2);
    }

    @Test
    void aBatchBeforeTheGreetingIsAnsweredToo() throws IOException {
        try (TestClient client = relay.connect()) {
            client.send("EHLO x\r\nNOOP\r\nQUIT\r\n");
            assertThat(client.reply()).startsWith("220 ");
            assertThat(client.reply()).startsWith("250-");
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("221 ");
        }
    }

    @Test
    void aClientMaySendByteByByte() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.sendByteByByte("MAIL FROM:<anna@customer.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n");
            client.reply();
            client.reply();
            assertThat(client.reply()).startsWith("354 ");
            client.sendByteByByte("..a\r\n.b\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 ");
        }
        assertThat(relay.submissions.contents()).containsExactly(".a\r\nb\r\n");
    }

    @Test
    void commandsInjectedBehindStartTlsAreDropped() throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            client.ask("EHLO x");
            client.send("STARTTLS\r\nNOOP injected\r\nEHLO injected\r\nVRFY injected\r\n");
            assertThat(client.reply()).startsWith("220 ");
            client.handshake("TLSv1.3");
            assertThat(client.ask("QUIT")).as("the first reply inside TLS").startsWith("221 ");
        }
    }

    @Test
    void whenAllRecipientsAreRefusedThereIsNo354() throws IOException {
        try (TestClient client = relay.connect().loggedIn()) {
            client.send("MAIL FROM:<anna@customer.example>\r\nRCPT TO:<c>\r\nDATA\r\nRSET\r\n");
            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.reply()).startsWith("501 ");
            assertThat(client.reply()).startsWith("554 5.5.1 ");
            assertThat(client.reply()).startsWith("250 ");
        }
    }

    @Test
    void manyRepliesThatNobodyReadsYetAreAllThere() throws IOException {
        int commands = 8_000;
        try (TestClient client = relay.connect()) {
            client.reply();
            Thread writer = new Thread(() -> sendNoops(client, commands));
            writer.start();
            for (int i = 0; i < commands; i++) {
                assertThat(client.reply()).isEqualTo("250 2.0.0 Ok");
            }
        }
    }

    private static void sendNoops(TestClient client, int count) {
        try {
            client.send("NOOP\r\n".repeat(count));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
