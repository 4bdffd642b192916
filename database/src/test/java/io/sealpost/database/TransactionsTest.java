package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.Secret;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransactionsTest {
    private static Database database;
    private static Transactions transactions;

    @BeforeAll
    static void open() {
        database = Database.open(TestServer.freshSchema());
        transactions = database.transactions();
        transactions.read(handle -> handle.execute(
                "CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT NOT NULL, at DATETIME(6) NULL) ENGINE = InnoDB"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void runsInReadCommitted() {
        String level = transactions.run(handle ->
                handle.select("SELECT @@tx_isolation").mapTo(String.class).one());

        assertThat(level).isEqualTo("READ-COMMITTED");
    }

    @Test
    void rollsBackWhatTheWorkThrows() {
        assertThatThrownBy(() -> transactions.run(handle -> {
                    handle.execute("INSERT INTO t (id, n) VALUES (1, 1)");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(count(1)).isZero();
    }

    @Test
    void runsALostDeadlockAgainWhole() throws Exception {
        transactions.run(handle -> handle.execute("INSERT INTO t (id, n) VALUES (10, 0), (11, 0)"));
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> one = threads.submit(() -> crossing(10, 11, bothHoldOne, runs));
        Future<?> other = threads.submit(() -> crossing(11, 10, bothHoldOne, runs));
        one.get(30, TimeUnit.SECONDS);
        other.get(30, TimeUnit.SECONDS);
        threads.shutdown();

        assertThat(runs.get()).isGreaterThan(2); // One of them lost and ran again.
        long sum = transactions.read(handle -> handle.select("SELECT SUM(n) FROM t WHERE id IN (10, 11)")
                .mapTo(Long.class)
                .one());
        assertThat(sum).isEqualTo(4);
    }

    private static Object crossing(long first, long second, CountDownLatch bothHoldOne, AtomicInteger runs) {
        return transactions.run(handle -> {
            runs.incrementAndGet();
            handle.execute("UPDATE t SET n = n + 1 WHERE id = ?", first);
            bothHoldOne.countDown();
            try {
                bothHoldOne.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return handle.execute("UPDATE t SET n = n + 1 WHERE id = ?", second);
        });
    }

    @Test
    void tellsTheTwoHoursOfAutumnApart() {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            Instant summer = Instant.parse("2026-10-25T00:30:00.123456Z"); // 02:30 in Berlin, twice.
            Instant winter = Instant.parse("2026-10-25T01:30:00.123456Z");
            transactions.run(handle -> handle.execute(
                    "INSERT INTO t (id, n, at) VALUES (20, 0, ?), (21, 0, ?)",
                    SqlTimes.toSql(summer),
                    SqlTimes.toSql(winter)));

            assertThat(at(20)).isEqualTo(summer);
            assertThat(at(21)).isEqualTo(winter);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static Instant at(long id) {
        return transactions.read(handle -> SqlTimes.fromSql(handle.select("SELECT at FROM t WHERE id = ?", id)
                .map((row, context) -> row.getObject(1, LocalDateTime.class))
                .one()));
    }

    @Test
    void passesADuplicateKeyOn() {
        transactions.run(handle -> handle.execute("INSERT INTO t (id, n) VALUES (30, 1)"));

        assertThatThrownBy(() -> transactions.run(handle -> handle.execute("INSERT INTO t (id, n) VALUES (30, 2)")))
                .satisfies(thrown -> assertThat(SqlTrouble.of(thrown)).isEqualTo(SqlTrouble.DUPLICATE_KEY));
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        DatabaseSettings nobody =
                new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/sealpost", "sealpost", new Secret("x"), 1);
        try (Database away = Database.open(nobody)) {
            assertThatThrownBy(() -> away.transactions().run(handle -> 1)).isInstanceOf(StoreUnavailable.class);
        }
    }

    private static int count(long id) {
        return transactions.read(handle -> handle.select("SELECT COUNT(*) FROM t WHERE id = ?", id)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void isUnavailableToAThreadThatIsStopped() {
        try (Database busy = Database.open(TestServer.settings().withPoolSize(1))) {
            busy.transactions().read(handle -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> busy.transactions().read(other -> 1)).isInstanceOf(StoreUnavailable.class);
                assertThat(Thread.interrupted()).isTrue(); // Kept for the thread's own loop.
                return 1;
            });
        }
    }
}
