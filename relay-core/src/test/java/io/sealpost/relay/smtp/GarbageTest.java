package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.sealpost.mail.DataSize;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Commands that are none, in long sessions and in many short ones, leave nothing behind: no memory, no thread, no descriptor. */
class GarbageTest {
    private static final Logger SMTPD = (Logger) LoggerFactory.getLogger("sealpost.smtpd");
    private static final long HEAP_SLACK = 5L << 20;
    /** Threads and descriptors that other tests of this process come and go with; the sessions here are hundreds. */
    private static final int A_FEW = 20;

    private static final int IN_A_LONG_SESSION = 10_000;
    private static final int IN_A_SHORT_ONE = 100;

    @TempDir
    Path directory;

    private Level before;

    @BeforeEach
    void silence() {
        before = SMTPD.getLevel();
        SMTPD.setLevel(Level.OFF);
    }

    @AfterEach
    void speak() {
        SMTPD.setLevel(before);
    }

    @Test
    void aHundredThousandLeaveNothing() throws IOException {
        leavesNothing(100_000);
    }

    @Test
    @Tag("soak")
    void aMillionLeaveNothing() throws IOException {
        leavesNothing(1_000_000);
    }

    private void leavesNothing(int commands) throws IOException {
        SmtpLimits patient = new SmtpLimits(
                new SmtpLimits.Message(new DataSize(4 << 20), 5),
                new SmtpLimits.Session(2048, 12_288, Integer.MAX_VALUE, 3, 1000),
                new SmtpLimits.Connections(100, 100, 100),
                new SmtpLimits.Bodies(new DataSize(64 << 20), new DataSize(1 << 20)),
                ListenerFixture.TIMEOUTS);
        try (ListenerFixture relay = ListenerFixture.start(directory, patient)) {
            send(relay, 20_000, 0); // Classes are loaded, threads of the pool made.
            long heap = heapAfterCollection(relay);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            int descriptors = descriptors();
            send(relay, commands, 1);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(heapAfterCollection(relay)).isLessThan(heap + HEAP_SLACK));
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + A_FEW);
            assertThat(descriptors()).isLessThan(descriptors + A_FEW);
        }
    }

    /** Half of them in long sessions, half in short ones. */
    private static void send(ListenerFixture relay, int commands, long seed) throws IOException {
        Random random = new Random(seed);
        for (int sent = 0; sent < commands / 2; sent += IN_A_LONG_SESSION) {
            session(relay, random, IN_A_LONG_SESSION);
        }
        for (int sent = 0; sent < commands / 2; sent += IN_A_SHORT_ONE) {
            session(relay, random, IN_A_SHORT_ONE);
        }
    }

    private static void session(ListenerFixture relay, Random random, int commands) throws IOException {
        try (TestClient client = relay.connect()) {
            client.reply();
            Thread sender = new Thread(() -> sendGarbage(client, new Random(random.nextLong()), commands));
            sender.start();
            for (int i = 0; i < commands; i++) {
                assertThat(client.reply()).matches("[25]0[0-3] .*");
            }
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }
    }

    private static void sendGarbage(TestClient client, Random random, int commands) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < commands; i++) {
            lines.append("XG"); // No verb of another protocol, on which it hangs up.
            for (int length = random.nextInt(60); length > 0; length--) {
                lines.append((char) (' ' + random.nextInt(95)));
            }
            lines.append(i % 7 == 0 ? "\n" : "\r\n");
        }
        try {
            client.send(lines.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long heapAfterCollection(ListenerFixture relay) {
        await().until(() -> relay.listeners.openConnections() == 0);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
