package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueMaintenanceTest {
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
    void reset() {
        world.reset();
    }

    private static void waiting(int count) {
        world.transactions().read(handle -> {
            ManyRows.waiting(handle, count);
            return null;
        });
    }

    @Test
    void prunesTheJournalAThousandRowsAtATime() {
        waiting(1500); // Rounded up to 2,048, one row of the journal each, each a second younger than the last.
        world.clock().advance(Duration.ofDays(1));
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        JdbcQueueMaintenance maintenance = world.maintenance();

        assertThat(maintenance.pruneJournal(Duration.ZERO)).isEqualTo(1000);
        assertThat(maintenance.pruneJournal(Duration.ZERO)).isEqualTo(1000);
        assertThat(maintenance.pruneJournal(Duration.ZERO)).isEqualTo(48);
        assertThat(maintenance.pruneJournal(Duration.ZERO)).isZero();
        assertThat(world.count("journal")).isEqualTo(1);
    }

    @Test
    void sweepsEveryEndedMessageInTheCourseOfItsCalls() {
        waiting(2048);
        world.transactions().read(handle -> handle.execute("DELETE FROM delivery WHERE id MOD 2 = 0"));
        long open = world.count("delivery");
        JdbcQueueMaintenance maintenance = world.maintenance();

        int swept = maintenance.sweepEnded() + maintenance.sweepEnded() + maintenance.sweepEnded();

        assertThat(swept).isEqualTo(2048 - (int) open);
        assertThat(world.count("message")).isEqualTo(open);
        assertThat(world.count("message_content")).isEqualTo(open);
        assertThat(maintenance.sweepEnded()).isZero();
    }

    @Test
    void anEmptyQueueHasNothingToSweep() {
        assertThat(world.maintenance().sweepEnded()).isZero();
        assertThat(world.maintenance().freeExpired(Duration.ZERO)).isZero();
    }
}
