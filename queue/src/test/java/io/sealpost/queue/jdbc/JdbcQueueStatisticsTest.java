package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry.Kind;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.QueueStatistics.By;
import io.sealpost.queue.QueueStatistics.Line;
import io.sealpost.queue.QueueStatistics.Tally;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueStatisticsTest {
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void empty() {
        world.reset();
    }

    private static QueueStatistics statistics() {
        return new JdbcQueueStatistics(world.transactions(), world.clock());
    }

    /** A delivery of this age, in minutes. */
    private static void waiting(String domain, int minutes, int state, String site) {
        long id = TimeOrderedIds.lowestAt(world.clock().instant().minus(Duration.ofMinutes(minutes)))
                + world.count("delivery");
        world.transactions().read(handle -> handle.execute("""
                        INSERT INTO delivery (id, message, n, tenant, priority, recipient, recipient_domain, bucket, site, state,
                                              next_at, attempts, notices_sent, version)
                        VALUES (?, ?, 0, 1, 0, 'x@x', ?, 1, ?, ?, '2026-03-01', 0, 0, 1)""", id, id, domain, site, state));
    }

    @Test
    void countsByDomainAndAgeAsQshapeDoes() {
        waiting("a.example", 0, 1, null);
        waiting("a.example", 4, 3, null);
        waiting("a.example", 6, 3, null);
        waiting("a.example", 2000, 4, null);
        waiting("b.example", 100, 2, null);

        Tally tally = statistics().tally(By.DOMAIN);

        assertThat(tally.lines()).extracting(Line::name).containsExactly("a.example", "b.example");
        assertThat(tally.lines().get(0).ages()).containsExactly(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(tally.lines().get(1).ages()).containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L);
        assertThat(tally.total().total()).isEqualTo(5);
        assertThat(tally.states())
                .containsEntry(DeliveryState.QUEUED, 1L)
                .containsEntry(DeliveryState.DEFERRED, 2L)
                .containsEntry(DeliveryState.HOLD, 1L)
                .containsEntry(DeliveryState.ACTIVE, 1L);
        assertThat(tally.complete()).isTrue();
        assertThat(statistics().states()).isEqualTo(tally.states());
    }

    @Test
    void countsBySiteWhereItIsKnown() {
        waiting("a.example", 0, 1, "mx.big.example");
        waiting("b.example", 0, 1, "mx.big.example");
        waiting("c.example", 0, 1, null);

        assertThat(statistics().tally(By.SITE).lines()).extracting(Line::name).containsExactly("mx.big.example", "");
    }

    @Test
    void readsSliceAfterSlice() {
        world.transactions().read(handle -> {
            ManyRows.waiting(handle, 20_001);
            return null;
        });

        Tally tally = statistics().tally(By.DOMAIN);
        assertThat(tally.total().total()).isEqualTo(world.count("delivery"));
        assertThat(tally.lines()).hasSize(1000);
    }

    @Test
    void countsWhatHappenedLately() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        world.clock().advance(Duration.ofSeconds(5));
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));

        assertThat(statistics().events(Duration.ofSeconds(10))).containsEntry(Kind.RECEPTION, 2L);
        assertThat(statistics().events(Duration.ofSeconds(3))).containsEntry(Kind.RECEPTION, 1L);
        assertThat(statistics().tally(By.DOMAIN).total().total()).isEqualTo(2);
    }
}
