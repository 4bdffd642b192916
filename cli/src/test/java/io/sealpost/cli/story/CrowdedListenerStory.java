package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One client among thousands that idle, send, drip and never finish their handshake: it has its greeting within a second and its mail
 * accepted within five, and the process stays within its memory. {@code -Dsealpost.crowd=1} is the crowd of docs/limits.md, 0.1 (the
 * default) a tenth of it.
 */
@Tag("crash")
class CrowdedListenerStory {
    private static final double CROWD = Double.parseDouble(System.getProperty("sealpost.crowd", "0.1"));
    private static final int PROBES = 20;
    private static final String SETTINGS = """
            [[listener]]
            name = "submissions"
            address = "127.0.0.1:%d"
            tls = "implicit"
            [smtp]
            max_connections = 7000
            max_connections_per_address = 7000
            max_connections_per_account = 7000
            [limits]
            account_messages = "0"
            account_recipients = "0"
            brake = "off"
            """;

    @TempDir
    private Path folder;

    private final int submission = Loopback.freePort();
    private final int submissions = Loopback.freePort();
    private RelayUnderTest relay;
    private ServeProcess serve;

    @BeforeEach
    void start() throws Exception {
        relay = RelayUnderTest.bare(folder, SETTINGS.formatted(submissions), TestDatabase::settings);
        relay.addKeys(KeyAlgorithm.RSA);
        String text = Files.readString(relay.settingsFile(), StandardCharsets.UTF_8);
        Files.writeString(
                relay.settingsFile(), text.replace("127.0.0.1:0", "127.0.0.1:" + submission), StandardCharsets.UTF_8);
        serve = ServeProcess.start(relay.settingsFile(), submission, Map.of("JAVA_TOOL_OPTIONS", "-Xmx512m"));
    }

    @AfterEach
    void close() throws Exception {
        serve.close();
        relay.close();
    }

    @Test
    void aNormalClientIsServedAmongThem() throws Exception {
        try (Crowd crowd = new Crowd(at(submission), at(submissions), relay.appPassword())) {
            crowd.idle(of(5000));
            crowd.busy(of(500));
            crowd.drips(of(200));
            crowd.halfOpen(of(200));
            List<Long> greetings = new ArrayList<>();
            List<Long> mails = new ArrayList<>();
            for (int i = 0; i < PROBES; i++) {
                probe(greetings, mails);
                int second = (i + 1) * of(50); // What the busy ones send in a second: so long is waited.
                Awaitility.await().atMost(RelayUnderTest.PATIENCE).until(() -> crowd.mailsSent() >= second);
            }
            System.out.printf(
                    "crowd of %d: greeting %d ms at most, mail accepted %d ms at most, %d MiB resident, %d mails of the busy%n",
                    crowd.size(), max(greetings), max(mails), serve.residentMiB(), crowd.mailsSent());
            assertThat(max(greetings)).isLessThan(1000);
            assertThat(max(mails)).isLessThan(5000);
            assertThat(serve.residentMiB()).isLessThan(1536);
            assertThat(crowd.faults()).isEmpty();
        }
        assertThat(serve.log()).noneMatch(line -> line.contains("OutOfMemory"));
    }

    private void probe(List<Long> greetings, List<Long> mails) throws IOException {
        long start = System.nanoTime();
        try (RawSmtpClient client = RawSmtpClient.connect(at(submission))) {
            client.expect("220");
            greetings.add(millisSince(start));
            Crowd.logIn(client, relay.appPassword());
            Crowd.sendMail(client);
            mails.add(millisSince(start));
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static long max(List<Long> millis) {
        return millis.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private static int of(int number) {
        return (int) (number * CROWD);
    }

    private static InetSocketAddress at(int port) {
        return Loopback.socket("127.0.0.1", port);
    }
}
