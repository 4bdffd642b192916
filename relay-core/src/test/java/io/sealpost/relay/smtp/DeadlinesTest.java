package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With deadlines of fractions of a second; the client's own patience is ten. */
class DeadlinesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void anIdleClientHears421() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, LONG, SHORT, LONG, LONG, LONG, LONG));
                TestClient client = relay.connect()) {
            client.reply();
            assertThat(client.reply()).isEqualTo("421 4.4.2 relay.example Timeout; closing");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void anIdleClientHearsItInsideTlsToo() throws IOException {
        try (ListenerFixture relay =
                        start(new SmtpTimeouts(LONG, LONG, Duration.ofSeconds(2), LONG, LONG, LONG, LONG));
                TestClient client = relay.connect().secured()) {
            assertThat(client.reply()).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void aDripOfBytesDoesNotStretchACommand() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, LONG, SHORT, LONG, LONG, LONG, LONG));
                TestClient client = relay.connect()) {
            client.reply();
            assertThat(dripUntilAnswered(client, "N")).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void aDripOfBytesDoesNotStretchData() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, LONG, LONG, LONG, SHORT, LONG, LONG));
                TestClient client = relay.connect().inData()) {
            assertThat(dripUntilAnswered(client, "x\r\n")).startsWith("421 4.4.2 ");
            assertThat(relay.submissions.all()).isEmpty();
        }
    }

    @Test
    void aDripOfCommandsDoesNotStretchASession() throws IOException {
        try (ListenerFixture relay =
                        start(new SmtpTimeouts(LONG, LONG, LONG, LONG, LONG, Duration.ofSeconds(1), LONG));
                TestClient client = relay.connect()) {
            client.reply();
            String reply = client.ask("NOOP");
            while (reply.startsWith("250 ")) {
                reply = client.ask("NOOP");
            }
            assertThat(reply).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void silenceInDataEndsIt() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, LONG, LONG, SHORT, LONG, LONG, LONG));
                TestClient client = relay.connect().inData()) {
            client.send("Subject: a\r\n");
            assertThat(client.reply()).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void aHandshakeThatDoesNotComeIsCut() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(SHORT, LONG, LONG, LONG, LONG, LONG, LONG));
                TestClient silent = TestClient.connect(relay.address("submissions"))) {
            assertThat(silent.isClosedByServer()).isTrue();
        }
    }

    @Test
    void handshakesThatDoNotComeKeepNobodyElseWaiting() throws IOException {
        try (ListenerFixture relay = start(ListenerFixture.TIMEOUTS);
                TestClient silent = TestClient.connect(relay.address("submissions"));
                TestClient other = TestClient.connectTls(relay.address("submissions"))) {
            assertThat(other.reply()).startsWith("220 ");
            assertThat(silent.socket().isConnected()).isTrue();
        }
    }

    @Test
    void whoDoesNotLogInIsSentAwayWhateverElseHeSays() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, SHORT, LONG, LONG, LONG, LONG, LONG));
                TestClient client = relay.connect()) {
            String reply = client.reply();
            while (!reply.startsWith("421")) {
                assertThat(reply).matches("(220|250) .*");
                reply = client.ask("NOOP");
            }
            assertThat(reply).startsWith("421 4.4.2 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void whoHasLoggedInIsNotHurriedAnyMore() throws IOException {
        Duration login = Duration.ofSeconds(5);
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, login, LONG, LONG, LONG, LONG, LONG));
                TestClient client = relay.connect().loggedIn();
                TestClient waiting = relay.connect()) {
            waiting.reply();
            assertThat(waiting.reply()).startsWith("421 4.4.2 ");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void aClientThatTakesNoRepliesIsCut() throws IOException {
        try (ListenerFixture relay = start(new SmtpTimeouts(LONG, LONG, LONG, LONG, LONG, LONG, SHORT));
                TestClient client = relay.connect()) {
            client.reply();
            Thread deaf = new Thread(() -> sendForever(client));
            deaf.start();
            await().atMost(LONG).until(() -> relay.listeners.openConnections() == 0);
            await().until(() -> !deaf.isAlive());
        }
    }

    private static void sendForever(TestClient client) {
        String helps = "HELP\r\n".repeat(1000);
        try {
            while (true) {
                client.send(helps);
            }
        } catch (IOException e) {
            // Cut, as it should be.
        }
    }

    /** Sends a little again and again, until the server answers. */
    private static String dripUntilAnswered(TestClient client, String bytes) throws IOException {
        try {
            while (!client.isAnsweredWithin(PAUSE)) {
                client.send(bytes);
            }
        } catch (SocketException e) {
            // Closed already; the answer is there to be read.
        }
        return client.reply();
    }

    private ListenerFixture start(SmtpTimeouts timeouts) throws IOException {
        return ListenerFixture.start(directory, ListenerFixture.limits(timeouts));
    }
}
