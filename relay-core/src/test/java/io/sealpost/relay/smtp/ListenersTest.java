package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.account.limit.SendingLimits;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.MailDomain;
import io.sealpost.relay.smtp.tls.TestCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {
    @TempDir
    Path directory;

    @Test
    void connectionsOverTheLimitHear421() throws IOException {
        SmtpLimits two =
                ListenerFixture.limits(new DataSize(1000), 5, 2, new DataSize(64 << 20), ListenerFixture.TIMEOUTS);
        try (ListenerFixture relay = ListenerFixture.start(directory, two);
                TestClient first = TestClient.connect(relay.address("strict"))) {
            assertThat(first.reply()).startsWith("220 ");
            try (TestClient second = relay.connect();
                    TestClient third = relay.connect()) {
                assertThat(second.reply()).startsWith("220 ");
                assertThat(third.reply()).startsWith("421 4.3.2 ");
                assertThat(third.isClosedByServer()).isTrue();
            }
            await().until(() -> relay.listeners.openConnections() == 1);
            try (TestClient next = relay.connect()) {
                assertThat(next.reply()).startsWith("220 ");
            }
        }
    }

    @Test
    void drainingSendsIdleClientsAwayAndLetsTransactionsEnd() throws Exception {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient idle = relay.connect();
                TestClient idleInTls = relay.connect().loggedIn();
                TestClient busy = relay.connect().inData()) {
            idle.reply();
            CompletableFuture<Void> drained = drain(relay, Duration.ofSeconds(20));
            assertThat(idle.reply()).startsWith("421 4.3.2 ");
            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(idleInTls.reply()).startsWith("421 4.3.2 ");
            await().until(() -> refusesConnections(relay));
            busy.send("x\r\n");
            assertThat(drained).isNotDone();
            busy.send(".\r\n");
            assertThat(busy.reply()).startsWith("250 2.0.0 Ok: queued");
            assertThat(busy.reply()).startsWith("421 4.3.2 ");
            busy.close();
            idleInTls.close();
            drained.get(10, TimeUnit.SECONDS);
            assertThat(relay.listeners.openConnections()).isZero();
            assertThat(relay.submissions.all()).hasSize(1);
        }
    }

    private static boolean refusesConnections(ListenerFixture relay) throws IOException {
        try (TestClient late = relay.connect()) {
            return !late.socket().isConnected();
        } catch (ConnectException e) {
            return true;
        }
    }

    @Test
    void sessionsEndWithWhatTheyBeganWithAndNewOnesTakeTheNew() throws Exception {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient before = relay.connect();
                TestClient secured = relay.connect().loggedIn()) {
            before.reply();
            TestCertificate renewed = TestCertificate.ec();
            SmtpLimits smaller = ListenerFixture.limits(
                    new DataSize(1000), 1, 100, new DataSize(64 << 20), ListenerFixture.TIMEOUTS);
            relay.listeners.use(relay.service(smaller, renewed));

            assertThat(secured.ask("EHLO client.example")).contains("SIZE 4194304");
            before.ask("EHLO client.example");
            before.ask("STARTTLS");
            before.handshake("TLSv1.3");
            assertThat(certificate(before)).isEqualTo(certificate(secured));
            try (TestClient after = relay.connect().loggedIn()) {
                assertThat(certificate(after)).isEqualTo(renewed.certificate().getEncoded());
                assertThat(after.ask("EHLO client.example")).contains("SIZE 1000");
                after.ask("MAIL FROM:<anna@customer.example>");
                assertThat(after.ask("RCPT TO:<a@remote.example>")).startsWith("250");
                assertThat(after.ask("RCPT TO:<b@remote.example>")).startsWith("452 4.5.3");
            }
        }
    }

    private static byte[] certificate(TestClient client) throws Exception {
        return ((SSLSocket) client.socket())
                .getSession()
                .getPeerCertificates()[0]
                .getEncoded();
    }

    @Test
    void drainingIsBoundedInTime() throws Exception {
        try (ListenerFixture relay = ListenerFixture.start(directory);
                TestClient slow = relay.connect().inData()) {
            drain(relay, Duration.ofMillis(50)).get(10, TimeUnit.SECONDS);
            assertThat(relay.listeners.openConnections()).isEqualTo(1);
            relay.listeners.close();
            assertThatThrownBy(slow::reply).isInstanceOf(IOException.class);
        }
    }

    private static CompletableFuture<Void> drain(ListenerFixture relay, Duration limit) {
        return CompletableFuture.runAsync(() -> {
            try {
                relay.listeners.drain(limit);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void closingTwiceDoesNoHarm() throws IOException {
        ListenerFixture relay = ListenerFixture.start(directory);
        relay.close();
        relay.close();
    }

    @Test
    void aTakenPortIsOnePlainSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
            SmtpListeners listeners = new SmtpListeners(
                    List.of(new ListenerSettings("submission", address, TlsMode.STARTTLS, LineRules.USUAL)),
                    new SmtpService(
                            MailDomain.parse("relay.example"),
                            SmtpLimits.DEFAULTS,
                            directory,
                            TestCertificate.ec().serve(directory),
                            new FakeAccounts(),
                            SendingLimits.NONE,
                            new RecordingSubmissions()),
                    Clock.systemUTC());
            assertThatThrownBy(listeners::start)
                    .isInstanceOf(ListenerFault.class)
                    .hasMessage("Listener \"submission\" cannot open " + address + ": Address already in use");
        }
    }

    @Test
    void manyClientsAtOnceAreServed() throws IOException, ExecutionException, InterruptedException {
        int clients = 30;
        try (ListenerFixture relay = ListenerFixture.start(directory)) {
            List<CompletableFuture<String>> replies = java.util.stream.IntStream.range(0, clients)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> sendOne(relay)))
                    .toList();
            for (CompletableFuture<String> reply : replies) {
                assertThat(reply.get()).startsWith("250 ");
            }
            assertThat(relay.submissions.all()).hasSize(clients);
        }
    }

    private static String sendOne(ListenerFixture relay) {
        try (TestClient client = relay.connect().inData()) {
            client.send("x\r\n.\r\n");
            return client.reply();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        SmtpLimits defaults = SmtpLimits.DEFAULTS;
        assertThat(defaults.maxMessageSize()).hasToString("50M");
        assertThat(defaults.message().recipients()).isEqualTo(1000);
        assertThat(defaults.connections()).isEqualTo(new SmtpLimits.Connections(5000, 200, 100));
        assertThat(defaults.session()).isEqualTo(new SmtpLimits.Session(2048, 12_288, 20, 3, 10_000));
        assertThat(defaults.bodies()).isEqualTo(new SmtpLimits.Bodies(new DataSize(64 << 20), new DataSize(1 << 20)));
        assertThat(defaults.timeouts())
                .isEqualTo(new SmtpTimeouts(
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(3),
                        Duration.ofHours(1),
                        Duration.ofHours(4),
                        Duration.ofMinutes(1)));
    }
}
