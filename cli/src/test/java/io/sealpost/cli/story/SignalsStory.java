package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Sealpost;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.systemd.NotifySocket;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.sandbox.SelfSignedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process, steered as a service manager does. */
class SignalsStory {
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final int SECONDS = 30;

    @TempDir
    private Path folder;

    private final int port = Loopback.freePort();
    private TestDatabase database;
    private RelayUnderTest relay;
    private NotifySocket manager;
    private ServeProcess serve;

    @BeforeEach
    void start() throws Exception {
        relay = RelayUnderTest.bare(folder, "[log]\nformat = \"json\"\n", made -> {
            database = made;
            return made.settings();
        });
        relay.addKeys(KeyAlgorithm.RSA);
        settings("127.0.0.1:0", "127.0.0.1:" + port);
        settings("[database]", "drain_timeout = \"4m\"\n[database]");
        String socket = folder.resolve("notify").toString();
        manager = NotifySocket.at(socket);
        serve = ServeProcess.start(
                relay.settingsFile(), port, Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "1000000"));
        assertThat(manager.nextState(SECONDS))
                .startsWith("READY=1\nSTATUS=serves as relay.office.test: submission on 127.0.0.1:" + port);
    }

    @AfterEach
    void close() throws Exception {
        serve.kill();
        manager.close();
        relay.close();
    }

    private void settings(String before, String after) throws IOException {
        String text = Files.readString(relay.settingsFile(), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        Files.writeString(relay.settingsFile(), text.replace(before, after), StandardCharsets.UTF_8);
    }

    private RawSmtpClient connect() {
        return RawSmtpClient.connect(Loopback.socket("127.0.0.1", port))
                .expect("220")
                .say("EHLO client.test", "250")
                .startTls();
    }

    private RawSmtpClient login() {
        return connect().say("EHLO client.test", "250").authPlain("anna@office.test", relay.appPassword(), "235");
    }

    private static boolean announces(RawSmtpClient client, String size) {
        return client.send("EHLO client.test\r\n").reply().contains("250-SIZE " + size);
    }

    private static RawSmtpClient inData(RawSmtpClient client) {
        return client.say("MAIL FROM:<anna@office.test>", "250")
                .say("RCPT TO:<shop@shop.test>", "250")
                .say("DATA", "354");
    }

    @Test
    void reloadsForASignalAndForTheCommandAndKeepsWhatIsRight() throws Exception {
        try (RawSmtpClient before = login()) {
            settings("[dns]", "[smtp]\nmax_message_size = \"1M\"\n[dns]");
            SelfSignedCertificate fresh = SelfSignedCertificate.create("relay.office.test", Clock.systemUTC());
            Files.writeString(
                    folder.resolve("var/tls/privkey.pem"), fresh.privateKeyPem().reveal());
            serve.signal("HUP");
            assertThat(manager.nextState(SECONDS)).startsWith("RELOADING=1\nMONOTONIC_USEC=");
            assertThat(manager.nextState(SECONDS)).startsWith("READY=1\nSTATUS=settings not taken");
            try (RawSmtpClient client = connect()) {
                assertThat(announces(client, "52428800")).isTrue(); // Half a pair: nothing of it is taken.
            }

            Files.writeString(folder.resolve("var/tls/fullchain.pem"), fresh.certificatePem());
            assertThat(reloadByCommand()).startsWith("Asked the one node that serves;");
            assertThat(manager.nextState(2)).startsWith("RELOADING=1");
            assertThat(manager.nextState(SECONDS)).isEqualTo("READY=1\nSTATUS=settings read again");
            try (RawSmtpClient client = connect()) {
                assertThat(client.certificate().getEncoded())
                        .isEqualTo(fresh.certificate().getEncoded());
                assertThat(announces(client, "1048576")).isTrue();
            }
            assertThat(announces(before, "52428800")).isTrue();
        }
        refusesWhatIsWrongAndNamesWhatNeedsARestart();
        everyLineIsJson();
    }

    private void refusesWhatIsWrongAndNamesWhatNeedsARestart() throws Exception {
        settings("max_message_size", "max_mesage_size");
        settings("retry = [\"1s\"]", "retry = [\"soon\"]");
        serve.signal("HUP");
        assertThat(manager.nextState(SECONDS)).startsWith("RELOADING=1");
        assertThat(manager.nextState(SECONDS)).startsWith("READY=1\nSTATUS=settings not taken");
        assertThat(serve.log()).anyMatch(line -> line.matches(".*line \\d+: unknown setting smtp.max_mesage_size.*"));
        assertThat(serve.log()).anyMatch(line -> line.matches(".*line \\d+: queue.retry: .*soon.*"));
        try (RawSmtpClient client = connect()) {
            assertThat(announces(client, "1048576")).isTrue();
        }

        settings("max_mesage_size", "max_message_size");
        settings("retry = [\"soon\"]", "retry = [\"1s\"]");
        settings("relay.office.test", "other.office.test");
        serve.signal("HUP");
        assertThat(manager.nextState(SECONDS)).startsWith("RELOADING=1");
        assertThat(manager.nextState(SECONDS)).isEqualTo("READY=1\nSTATUS=settings read again");
        assertThat(serve.log()).anyMatch(line -> line.contains("not in force before a restart: hostname"));
    }

    private void everyLineIsJson() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> lines = serve.log();
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(json.readTree(line).has("message")).isTrue();
        }
    }

    private String reloadByCommand() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(print, print, InputStream.nullInputStream());
        int code = Sealpost.run(
                console, Map.of(), "reload", "--config", relay.settingsFile().toString());
        String said = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(said).isZero();
        return said;
    }

    @Test
    void drainsAndEndsWhenTheLastTransactionHasEnded() throws Exception {
        try (RawSmtpClient idle = login();
                RawSmtpClient sending = inData(login())) {
            serve.signal("TERM");

            assertThat(manager.nextState(SECONDS)).isEqualTo("STOPPING=1\nSTATUS=draining");
            idle.patience(WITHIN).expect("421 4.3.2").expectClosed();
            await().atMost(Duration.ofSeconds(10)).until(() -> refusesConnections());
            sending.send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n")
                    .expect("250 2.0.0")
                    .expect("421 4.3.2");
        }
        assertThat(serve.ended(Duration.ofSeconds(20))).isZero();
    }

    private boolean refusesConnections() {
        try (RawSmtpClient late = RawSmtpClient.connect(Loopback.socket("127.0.0.1", port))) {
            return false;
        } catch (java.io.UncheckedIOException refused) {
            return true;
        }
    }

    @Test
    void aNodeThatLostItsNumberEndsSoThatItIsStartedAgain() throws Exception {
        try (RawSmtpClient session = login()) {
            database.transactions().run(handle -> handle.execute("UPDATE node SET incarnation = incarnation + 1"));

            assertThat(serve.ended(Duration.ofSeconds(20))).isEqualTo(Sysexits.TEMPFAIL);
            session.expectClosed();
        }
    }

    @Test
    void aSecondSignalCutsWhatIsStillOpen() throws Exception {
        try (RawSmtpClient sending = inData(login())) {
            serve.signal("TERM");
            assertThat(manager.nextState(SECONDS)).startsWith("STOPPING=1");
            serve.signal("TERM");

            assertThat(serve.ended(Duration.ofSeconds(20))).isZero();
            sending.expectClosed();
        }
        assertThat(relay.queue()).isEmpty();
    }
}
