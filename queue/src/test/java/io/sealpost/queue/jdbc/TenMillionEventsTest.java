package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.SqlTimes;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A journal of ten million events, of five million messages in 28 days, beside an empty one. {@code -Dsealpost.events=} is its length. */
@Tag("million")
class TenMillionEventsTest {
    private static final int EVENTS = Integer.getInteger("sealpost.events", 10_000_000);
    private static final int SLICE = 200_000;
    private static final int ROUNDS = 8;
    private static final int BATCH = 2000;

    private static final String FILL = """
            INSERT INTO journal SELECT ? - INTERVAL 31 DAY + INTERVAL (? + seq) * 240000 MICROSECOND, ? + seq, (? + seq) DIV 2,
                   'DELIVERY', CONCAT('{"text":"', REPEAT('j', 190), '"}') FROM seq_0_to_199999""";

    private static PrivateMariaDb server;
    private static QueueWorld empty;
    private static QueueWorld full;

    @BeforeAll
    static void open() {
        server = PrivateMariaDb.start();
        empty = QueueWorld.on(server.behindFront());
        full = QueueWorld.on(server.behindFront());
        long begun = System.nanoTime();
        for (int from = 0; from < EVENTS; from += SLICE) {
            long first = from;
            full.transactions()
                    .read(handle ->
                            handle.execute(FILL, SqlTimes.toSql(full.clock().instant()), first, first, first));
        }
        full.transactions().read(handle -> handle.execute("ANALYZE TABLE journal"));
        System.out.printf(Locale.ROOT, "%,d events written in %.0f s%n", EVENTS, SideBySide.seconds(begun));
    }

    @AfterAll
    static void close() {
        empty.close();
        full.close();
        server.close();
    }

    @Test
    void appendingTracingAndPruningKeepTheirPace() throws Exception {
        SideBySide figures = new SideBySide(empty);
        try (Clients clients = new Clients(32)) {
            round(empty, new SideBySide(empty), clients);
            round(full, new SideBySide(empty), clients);
            for (int i = 0; i < ROUNDS; i++) {
                round(i % 2 == 0 ? empty : full, figures, clients);
                round(i % 2 == 0 ? full : empty, figures, clients);
            }
        }
        figures.print();
        traces();
        pruning();
        assertThat(figures.ratio("accept, by CPU-second")).isGreaterThan(0.9);
    }

    /** Accepting writes an event, settling another. */
    private static void round(QueueWorld world, SideBySide kept, Clients clients) throws Exception {
        JdbcQueueIntake intake = world.intake(1);
        JdbcQueueClaims claims = world.claims(1);
        List<NewMessage> messages = IntStream.range(0, BATCH)
                .mapToObj(i -> world.mail().to(MailMaker.QUEUED, "b@new" + i % 50 + ".example"))
                .toList();
        kept.measure(world, "accept", BATCH, () -> clients.each(messages, intake::enqueue));
        List<ClaimedMessage> claimed = new ArrayList<>();
        while (claimed.size() < BATCH) {
            claimed.addAll(claims.claimDue(QueueWorld.ALL_BUCKETS, 500));
        }
        kept.measure(
                world,
                "settle",
                BATCH,
                () -> clients.each(claimed, message -> claims.settle(Results.settlement(message, Results::delivered))));
    }

    private static void traces() {
        JdbcQueueInspection inspection = full.inspection();
        Random random = new Random(7);
        List<QueueId> messages =
                random.longs(1000, 1, EVENTS / 2).mapToObj(QueueId::new).toList();
        long begun = System.nanoTime();
        long read = RowsRead.by(
                full,
                () -> messages.forEach(id -> assertThat(inspection.trace(id)).hasSize(2)));
        System.out.printf(Locale.ROOT, "a trace in %.2f ms, %d rows a thousand%n", SideBySide.seconds(begun), read);
        assertThat(read).isLessThan(10_000);
    }

    private static void pruning() {
        JdbcQueueMaintenance maintenance = full.maintenance();
        long begun = System.nanoTime();
        long read = RowsRead.by(full, () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(maintenance.pruneJournal(Duration.ofDays(30))).isEqualTo(1000);
            }
        });
        System.out.printf(
                Locale.ROOT,
                "pruned a thousand in %.1f ms, %d rows read%n",
                SideBySide.seconds(begun) * 10,
                read / 100);
        assertThat(read).isLessThan(500_000);
    }
}
