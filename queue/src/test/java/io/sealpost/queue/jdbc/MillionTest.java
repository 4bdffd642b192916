package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.SqlTimes;
import io.sealpost.database.embedded.BufferPool;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.mail.DataSize;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.QueueVerification;
import io.sealpost.queue.SettleResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rates with a million deliveries waiting beside those of an empty queue, round by round on one server; prints them, and asks for four
 * fifths by processor time, whose noise is a tenth on a busy machine. {@code -Dsealpost.million=}, {@code -Dsealpost.million.rounds=} set
 * its length, {@code -Dsealpost.million.pool=} the server's buffer pool.
 */
@Tag("million")
class MillionTest {
    private static final int WAITING = Integer.getInteger("sealpost.million", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("sealpost.million.rounds", 8);
    private static final DataSize POOL = Optional.ofNullable(System.getProperty("sealpost.million.pool"))
            .map(DataSize::parse)
            .orElseGet(BufferPool::ofThisMachine);
    private static final int BATCH = 2000;
    private static final int THREADS = 32;

    private static QueueWorld empty;
    private static QueueWorld full;
    private static PrivateMariaDb server;
    private static Clients threads;
    private static int loaded = MillionWaiting.FIRST;

    @BeforeAll
    static void open() {
        server = PrivateMariaDb.start(POOL);
        empty = QueueWorld.on(server.behindFront());
        full = QueueWorld.on(server.behindFront());
        threads = new Clients(THREADS);
        long begun = System.nanoTime();
        MillionWaiting.load(full, WAITING);
        System.out.printf("%,d deliveries loaded in %.0f s, %.0f MB%n", WAITING, SideBySide.seconds(begun), size(full));
    }

    @AfterAll
    static void close() {
        threads.close();
        empty.close();
        full.close();
        server.close();
    }

    @Test
    void aMillionWaitingChangesThePaceOfNothing() throws Exception {
        SideBySide figures = new SideBySide(empty);
        round(empty, new SideBySide(empty)); // To warm up.
        round(full, new SideBySide(empty));
        round(full, new SideBySide(empty));
        for (int i = 0; i < ROUNDS; i++) {
            round(i % 2 == 0 ? empty : full, figures);
            round(i % 2 == 0 ? full : empty, figures);
        }
        full.clock().advance(Duration.ofMinutes(84));
        drains("100,000 due at once, accepted together", figures);
        putOff();
        full.clock().advance(Duration.ofMinutes(60));
        drains("100,000 due at once, from all over", figures);
        figures.print();
        upkeep();
        looks();
        size();
        assertThat(figures.names())
                .filteredOn(name -> name.endsWith(SideBySide.BY_CPU))
                .hasSize(5)
                .allSatisfy(name -> assertThat(figures.ratio(name)).as(name).isGreaterThan(0.8));
    }

    private static void upkeep() {
        JdbcQueueMaintenance maintenance = full.maintenance();
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(maintenance.pruneJournal(Duration.ofDays(30))).isEqualTo(1000);
        }
        System.out.printf(
                Locale.ROOT, "a thousand rows of the journal pruned in %.1f ms%n", SideBySide.seconds(begun) * 20);
        begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            maintenance.sweepEnded();
        }
        System.out.printf(Locale.ROOT, "a thousand messages swept over in %.1f ms%n", SideBySide.seconds(begun) * 20);
        begun = System.nanoTime();
        new JdbcQueueOverview(full.transactions()).look(1000);
        System.out.printf(Locale.ROOT, "an overview in %.1f ms%n", SideBySide.seconds(begun) * 1000);
    }

    /** What an administrator asks for. */
    private static void looks() {
        JdbcQueueStatistics statistics = new JdbcQueueStatistics(full.transactions(), full.clock());
        for (QueueStatistics.By by : QueueStatistics.By.values()) {
            long begun = System.nanoTime();
            QueueStatistics.Tally tally = statistics.tally(by);
            System.out.printf(
                    Locale.ROOT,
                    "statistics by %s in %.1f s, %d lines%n",
                    by,
                    SideBySide.seconds(begun),
                    tally.lines().size());
        }
        JdbcQueueVerification verification =
                new JdbcQueueVerification(full.transactions(), full.clock(), full.inspection(), "root@test");
        Found found = new Found();
        long begun = System.nanoTime();
        verification.verify(QueueVerification.Mode.LOOK, Set.of(1), found);
        System.out.printf(
                Locale.ROOT,
                "verified in %.1f s, %d MB of heap at most%n",
                SideBySide.seconds(begun),
                found.heap >> 20);
        assertThat(found.findings).isEmpty();
    }

    /** Looks at the memory on the way. */
    private static final class Found implements QueueVerification.Listener {
        private final List<QueueVerification.Finding> findings = new ArrayList<>();
        private long heap;

        @Override
        public void found(QueueVerification.Finding finding) {
            findings.add(finding);
        }

        @Override
        public void progress(String rows, long count) {
            if (count % 200_000 == 0) {
                heap = Math.max(heap, heapInUse());
            }
        }
    }

    private static long heapInUse() {
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        return jvm.totalMemory() - jvm.freeMemory();
    }

    private void round(QueueWorld world, SideBySide kept) throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        JdbcQueueClaims claims = world.claims(1);
        List<NewMessage> messages = IntStream.range(0, BATCH)
                .mapToObj(i -> world.mail().to(MailMaker.LEASED, "b@new" + i % 50 + ".example"))
                .toList();
        List<ClaimedMessage> stored = Collections.synchronizedList(new ArrayList<>());
        kept.measure(world, "accept", BATCH, () -> threads.each(messages, one -> stored.add(fresh(one, intake))));
        kept.measure(world, "settle", BATCH, () -> threads.each(stored, one -> settle(claims, one)));
        queued(world, BATCH);
        List<ClaimedMessage> got = new ArrayList<>();
        kept.measure(world, "claim", BATCH, () -> claimAll(claims, got));
        threads.each(got, one -> settle(claims, one));
        latencies(world, intake, claims, kept);
    }

    /** One after the other, from the call to the answer, and to the end of its settlement. */
    private static void latencies(QueueWorld world, JdbcQueueIntake intake, JdbcQueueClaims claims, SideBySide kept) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            NewMessage message = world.mail().to(MailMaker.LEASED, "b@new.example");
            long begun = System.nanoTime();
            settle(claims, fresh(message, intake));
            times.add(SideBySide.seconds(begun));
        }
        times.sort(null);
        kept.record(world, "alone, accept and settle, median", 1 / times.get(50));
        kept.record(world, "alone, accept and settle, 95 of 100", 1 / times.get(95));
    }

    private static void queued(QueueWorld world, int count) throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        List<NewMessage> messages = IntStream.range(0, count)
                .mapToObj(i -> world.mail().to(MailMaker.QUEUED, "b@new" + i % 50 + ".example"))
                .toList();
        threads.each(messages, intake::enqueue);
    }

    private static void claimAll(JdbcQueueClaims claims, List<ClaimedMessage> got) {
        List<ClaimedMessage> some;
        do {
            some = claims.claimDue(QueueWorld.ALL_BUCKETS, 200);
            got.addAll(some);
        } while (!some.isEmpty());
    }

    /** Beside mail of the same kind that the empty queue has got just now. */
    private static void drains(String name, SideBySide figures) throws Exception {
        for (int i = 0; i < ROUNDS + 2; i++) {
            SideBySide kept = i < 2 ? new SideBySide(empty) : figures;
            Instant due = empty.clock().instant().minus(Duration.ofMinutes(24));
            MillionWaiting.load(empty, loaded += BATCH, BATCH, due, Duration.ofMinutes(24));
            for (QueueWorld world : i % 2 == 0 ? List.of(empty, full) : List.of(full, empty)) {
                kept.measure(world, name, BATCH, () -> drain(world));
            }
        }
    }

    /** What is left of the due, out of the way; returns when the server has cleared up after it. */
    private static void putOff() {
        full.transactions()
                .read(handle -> handle.execute(
                        "UPDATE delivery SET next_at = next_at + INTERVAL 100 DAY WHERE next_at < ?",
                        SqlTimes.toSql(full.clock().instant())));
        await().atMost(Duration.ofMinutes(5)).until(() -> unpurged() < 500);
    }

    private static long unpurged() {
        return full.transactions()
                .read(handle -> handle.select("SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'")
                        .map((row, context) -> row.getLong(2))
                        .one());
    }

    private static void drain(QueueWorld world) throws Exception {
        JdbcQueueClaims claims = world.claims(1);
        for (int done = 0; done < BATCH; ) {
            List<ClaimedMessage> some = claims.claimDue(QueueWorld.ALL_BUCKETS, 200);
            assertThat(some).isNotEmpty();
            threads.each(some, message -> settle(claims, message));
            done += some.size();
        }
    }

    private static ClaimedMessage fresh(NewMessage message, JdbcQueueIntake intake) {
        EnqueueResult.Stored stored = (EnqueueResult.Stored) intake.enqueue(message);
        ClaimedDelivery delivery = new ClaimedDelivery(
                stored.leases().get(0), message.deliveries().get(0).recipient(), DeliveryProgress.FRESH);
        return new ClaimedMessage(message.envelope(), message.signedPrefix(), message.content(), List.of(delivery));
    }

    private static void settle(JdbcQueueClaims claims, ClaimedMessage message) {
        assertThat(claims.settle(Results.settlement(message, Results::delivered)))
                .isInstanceOf(SettleResult.Settled.class);
    }

    private static void size() {
        System.out.printf(Locale.ROOT, "tables %.0f MB; heap in use %d MB%n", size(full), heapInUse() >> 20);
    }

    private static double size(QueueWorld world) {
        return world.number(
                        "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = DATABASE()")
                / 1e6;
    }
}
