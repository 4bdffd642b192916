package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.foreign.ForeignProgram;
import io.sealpost.database.Database;
import io.sealpost.database.Transactions;
import io.sealpost.fixtures.GaleraCluster;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.keys.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Galera cluster does that one server does not. */
@Tag("foreign")
class GaleraStory {
    private static final int MEMBERS = 3;
    private static final int WORKERS = 6;
    private static final int EACH = 50;

    @TempDir
    private static Path folder;

    private static GaleraCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = GaleraCluster.start(ForeignProgram.unpacked().resolve("mariadb"), folder);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void aTransactionThatMetOneOfAnotherMemberIsRunAgainWhole() throws InterruptedException {
        try (Database one = Database.open(cluster.settings("sealpost", 0));
                Database two = Database.open(cluster.settings("sealpost", 1));
                Database three = Database.open(cluster.settings("sealpost", 2))) {
            Transactions[] members = {one.transactions(), two.transactions(), three.transactions()};
            members[0].read(handle -> handle.execute("CREATE TABLE counter (id INT PRIMARY KEY, n INT)"));
            await().ignoreExceptions().until(() -> List.of(members).stream().allMatch(member -> rows(member) == 0));
            members[0].run(handle -> handle.execute("INSERT INTO counter VALUES (1, 0), (2, 0)"));
            // What one member committed the others see a moment later.
            await().until(() -> List.of(members).stream().allMatch(member -> rows(member) == 2));
            AtomicInteger done = new AtomicInteger();
            ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
            IntStream.range(0, WORKERS * EACH)
                    .forEach(turn -> workers.execute(() -> add(members[turn % MEMBERS], done)));
            workers.shutdown();
            assertThat(workers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            // Who lost twelve times in a row heard so, and has left nothing behind.
            assertThat(done.get()).isGreaterThan(WORKERS * EACH * 3 / 4);
            await().untilAsserted(() -> assertThat(sums(members[2])).isEqualTo(2 * done.get()));
            long conflicts =
                    IntStream.range(0, MEMBERS).mapToLong(cluster::conflicts).sum();
            System.out.printf(
                    "Galera: %d of %d transactions over the same rows, %d conflicts%n",
                    done.get(), WORKERS * EACH, conflicts);
            assertThat(conflicts).isPositive();
        }
    }

    private static void add(Transactions member, AtomicInteger done) {
        member.run(handle -> {
            int n = handle.select("SELECT n FROM counter WHERE id = 1 FOR UPDATE")
                    .mapTo(Integer.class)
                    .one();
            handle.execute("UPDATE counter SET n = ? WHERE id = 1", n + 1);
            return handle.execute("UPDATE counter SET n = n + 1 WHERE id = 2");
        });
        done.incrementAndGet();
    }

    private static int rows(Transactions member) {
        return member.read(handle -> handle.select("SELECT COUNT(*) FROM counter")
                .mapTo(Integer.class)
                .one());
    }

    private static int sums(Transactions member) {
        return member.read(handle ->
                handle.select("SELECT SUM(n) FROM counter").mapTo(Integer.class).one());
    }

    @Test
    void aMemberThatWasSplitOffIsADatabaseThatIsAway() throws Exception {
        try (RelayUnderTest relay =
                RelayUnderTest.bareOn(cluster, Files.createDirectory(folder.resolve("relay")), "")) {
            relay.addKeys(KeyAlgorithm.RSA);
            relay.serve();
            try (RawSmtpClient client = relay.login()) {
                client.patience(Duration.ofSeconds(60));
                assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                        .startsWith("250");

                cluster.pause(1);
                cluster.pause(2);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                                .startsWith("451 4.3.0"));
                cluster.resume(1);
                cluster.resume(2);
                long since = System.nanoTime();

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                                .startsWith("250"));
                System.out.printf(
                        "Galera: mail is taken again %d ms after the split%n",
                        Duration.ofNanos(System.nanoTime() - since).toMillis());
            }
        }
    }
}
