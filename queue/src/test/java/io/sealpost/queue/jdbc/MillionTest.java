package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.SqlTimes;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SettleResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rates with a million deliveries waiting beside those of an empty queue, round by round on one server; prints them, and asks for
 * three quarters, which a busy machine gives too. {@code -Dsealpost.million=}, {@code -Dsealpost.million.rounds=} set its length.
 */
@Tag("million")
class MillionTest {
    private static final int WAITING = Integer.getInteger("sealpost.million", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("sealpost.million.rounds", 8);
    private static final int BATCH = 2000;
    private static final int THREADS = 32;

    private static QueueWorld empty;
    private static QueueWorld full;
    private static ExecutorService threads;

    @BeforeAll
    static void open() {
        empty = QueueWorld.open();
        full = QueueWorld.open();
        threads = Executors.newFixedThreadPool(THREADS);
        long begun = System.nanoTime();
        MillionWaiting.load(full, WAITING);
        System.out.printf("%,d deliveries loaded in %.0f s, %.0f MB%n", WAITING, seconds(begun), size(full));
    }

    @AfterAll
    static void close() {
        threads.shutdown();
        empty.close();
        full.close();
    }

    @Test
    void aMillionWaitingChangesThePaceOfNothing() throws Exception {
        Figures figures = new Figures();
        round(empty, new Figures()); // To warm up.
        round(full, new Figures());
        round(full, new Figures());
        for (int i = 0; i < ROUNDS; i++) {
            round(i % 2 == 0 ? empty : full, figures);
            round(i % 2 == 0 ? full : empty, figures);
        }
        makeDue(full, Math.max(WAITING / 10, ROUNDS * BATCH));
        for (int i = 0; i < ROUNDS; i++) {
            queued(empty, BATCH);
            figures.measure(empty, "claim and settle, a tenth due at once", BATCH, () -> drain(empty));
            figures.measure(full, "claim and settle, a tenth due at once", BATCH, () -> drain(full));
        }
        upkeep();
        figures.print();
        assertThat(figures.rounds.keySet())
                .allSatisfy(name -> assertThat(figures.ratio(name)).as(name).isGreaterThan(0.75));
    }

    private static void upkeep() {
        JdbcQueueMaintenance maintenance = full.maintenance();
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            assertThat(maintenance.pruneJournal(Duration.ofDays(30))).isEqualTo(1000);
        }
        System.out.printf(Locale.ROOT, "a thousand rows of the journal pruned in %.1f ms%n", seconds(begun) * 20);
        begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            maintenance.sweepEnded();
        }
        System.out.printf(Locale.ROOT, "a thousand messages swept over in %.1f ms%n", seconds(begun) * 20);
        begun = System.nanoTime();
        new JdbcQueueOverview(full.transactions()).look(1000);
        System.out.printf(Locale.ROOT, "an overview in %.1f ms%n", seconds(begun) * 1000);
    }

    private interface Work {
        void run() throws Exception;
    }

    private void round(QueueWorld world, Figures kept) throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        JdbcQueueClaims claims = world.claims(1);
        List<NewMessage> messages = IntStream.range(0, BATCH)
                .mapToObj(i -> world.mail().to(MailMaker.LEASED, "b@new" + i % 50 + ".example"))
                .toList();
        List<ClaimedMessage> stored = Collections.synchronizedList(new ArrayList<>());
        kept.measure(world, "accept", BATCH, () -> inParallel(messages, one -> stored.add(fresh(one, intake))));
        kept.measure(world, "settle", BATCH, () -> inParallel(stored, one -> settle(claims, one)));
        queued(world, BATCH);
        List<ClaimedMessage> got = new ArrayList<>();
        kept.measure(world, "claim", BATCH, () -> claimAll(claims, got));
        inParallel(got, one -> settle(claims, one));
        latencies(world, intake, claims, kept);
    }

    /** One after the other, from the call to the answer, and to the end of its settlement. */
    private static void latencies(QueueWorld world, JdbcQueueIntake intake, JdbcQueueClaims claims, Figures kept) {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            NewMessage message = world.mail().to(MailMaker.LEASED, "b@new.example");
            long begun = System.nanoTime();
            settle(claims, fresh(message, intake));
            times.add(seconds(begun));
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
        inParallel(messages, intake::enqueue);
    }

    private static void claimAll(JdbcQueueClaims claims, List<ClaimedMessage> got) {
        List<ClaimedMessage> some;
        do {
            some = claims.claimDue(QueueWorld.ALL_BUCKETS, 200);
            got.addAll(some);
        } while (!some.isEmpty());
    }

    private static void drain(QueueWorld world) throws Exception {
        JdbcQueueClaims claims = world.claims(1);
        for (int done = 0; done < BATCH; ) {
            List<ClaimedMessage> some = claims.claimDue(QueueWorld.ALL_BUCKETS, 200);
            assertThat(some).isNotEmpty();
            inParallel(some, message -> settle(claims, message));
            done += some.size();
        }
    }

    private static void makeDue(QueueWorld world, int count) {
        world.transactions()
                .read(handle -> handle.execute(
                        "UPDATE delivery SET next_at = ? WHERE id < ? AND state = 3",
                        SqlTimes.toSql(world.clock().instant()),
                        1_000_000 + count));
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

    private static <T> void inParallel(List<T> items, Consumer<T> work) throws Exception {
        List<Future<?>> ends = new ArrayList<>();
        for (T item : items) {
            ends.add(threads.submit(() -> work.accept(item)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    /** Rates of both queues, round by round. */
    private static final class Figures {
        private final Map<String, List<double[]>> rounds = new LinkedHashMap<>();

        void measure(QueueWorld world, String name, int count, Work work) throws Exception {
            long begun = System.nanoTime();
            double cpu = Cpu.seconds(world);
            work.run();
            record(world, name, count / seconds(begun));
            record(world, name + ", by CPU-second", count / (Cpu.seconds(world) - cpu));
        }

        void record(QueueWorld world, String name, double rate) {
            List<double[]> all = rounds.computeIfAbsent(name, key -> new ArrayList<>());
            int side = world == empty ? 0 : 1;
            if (all.isEmpty() || all.get(all.size() - 1)[side] != 0) {
                all.add(new double[2]);
            }
            all.get(all.size() - 1)[side] = rate;
        }

        double ratio(String name) {
            return median(name, round -> round[1] / round[0]);
        }

        private double median(String name, ToDoubleFunction<double[]> value) {
            double[] sorted =
                    rounds.get(name).stream().mapToDouble(value).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        void print() {
            rounds.keySet()
                    .forEach(name -> System.out.printf(
                            Locale.ROOT,
                            "%-56s empty %8.0f/s  with %,d waiting %8.0f/s  ratio %.2f%n",
                            name,
                            median(name, round -> round[0]),
                            WAITING,
                            median(name, round -> round[1]),
                            ratio(name)));
            System.gc();
            Runtime jvm = Runtime.getRuntime();
            long heap = (jvm.totalMemory() - jvm.freeMemory()) >> 20;
            System.out.printf(Locale.ROOT, "tables %.0f MB; heap in use %d MB%n", size(full), heap);
        }
    }

    private static double size(QueueWorld world) {
        return world.number(
                        "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = DATABASE()")
                / 1e6;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
