package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done again and again reads few rows, with 100,000 deliveries waiting: no walk through a table, no count over one. */
class RowsReadTest {
    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
        MillionWaiting.load(world, 100_000);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    private static long rowsReadBy(Runnable work) {
        return RowsRead.by(world, work);
    }

    @Test
    void acceptingClaimingAndSettling() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "you@far.example");
        assertThat(rowsReadBy(() -> world.intake(1).enqueue(message))).isLessThan(20);
        JdbcQueueClaims claims = world.claims(1);

        long claim = rowsReadBy(() -> claims.claimDue(QueueWorld.ALL_BUCKETS, 50));

        assertThat(claim).isLessThan(1000);
        assertThat(rowsReadBy(() -> claims.claimDue(QueueWorld.ALL_BUCKETS, 50)))
                .isLessThan(1000);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 2"))
                .isEqualTo(1);
        claims.freeLeasesOf(1);
        ClaimedMessage claimed = claims.claimDue(QueueWorld.ALL_BUCKETS, 50).get(0);
        assertThat(rowsReadBy(() -> claims.renew(Results.leases(claimed)))).isLessThan(20);
        assertThat(rowsReadBy(() -> claims.settle(Results.settlement(claimed, Results::delivered))))
                .isLessThan(20);
    }

    @Test
    void lookingAtTheWhole() {
        JdbcQueueOverview overview = new JdbcQueueOverview(world.transactions());
        assertThat(rowsReadBy(() -> overview.look(1000))).isLessThan(4000);
        assertThat(overview.look(1000).mostOverdue()).isPresent();
        assertThat(rowsReadBy(() -> world.inspection().list(QueueFilter.ALL, 50)))
                .isLessThan(200);
    }

    @Test
    void keepingTheTablesSmall() {
        JdbcQueueMaintenance maintenance = world.maintenance();
        assertThat(rowsReadBy(() -> maintenance.freeExpired(Duration.ofMinutes(1))))
                .isLessThan(20);
        for (int i = 0; i < 3; i++) {
            assertThat(rowsReadBy(maintenance::sweepEnded)).isLessThan(4000);
            assertThat(rowsReadBy(() -> maintenance.pruneJournal(Duration.ofDays(30))))
                    .isLessThan(4000);
        }
    }
}
