package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at every statement of what an administrator does, or upkeep: all of it is there or none, and doing it again ends it. */
class SteeringFaultsTest {
    private static QueueWorld world;
    private static FaultPoints faults;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
        faults = world.faults();
    }

    @AfterAll
    static void close() {
        faults.close();
        world.close();
    }

    private enum Act {
        HOLD(queue -> {}, queue -> queue.hold(QueueFilter.ALL, "for a look")),
        RELEASE(queue -> queue.hold(QueueFilter.ALL, "for a look"), queue -> queue.release(QueueFilter.ALL)),
        RETRY(queue -> world.clock().advance(Duration.ofMinutes(1)), queue -> queue.retry(QueueFilter.ALL)),
        DROP(queue -> {}, queue -> queue.drop(QueueFilter.ALL));

        private final Consumer<QueueInspection> before;
        private final Consumer<QueueInspection> act;

        Act(Consumer<QueueInspection> before, Consumer<QueueInspection> act) {
            this.before = before;
            this.act = act;
        }

        /** A message with two deliveries that wait, as this act needs them. */
        QueueTables begin() {
            world.reset();
            world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));
            before.accept(world.inspection());
            return QueueTables.of(world);
        }
    }

    /** With its rows in journal, change feed and audit. */
    @ParameterizedTest
    @EnumSource
    void anActIsWholeOrNotDone(Act act) throws Exception {
        act.begin();
        act.act.accept(world.inspection());
        QueueTables done = QueueTables.of(world);
        int points = faults.each(Then.BACK, point -> {
            QueueTables before = act.begin();
            JdbcQueueInspection breaking =
                    new JdbcQueueInspection(faults.transactions(), world.clock(), world.ids(8)::next, "root@test");

            boolean thrown = point.run(() -> act.act.accept(breaking)).isPresent();

            assertThat(QueueTables.of(world)).isIn(thrown ? List.of(before, done) : List.of(done));
        });
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void aSweepThatBreaksIsEndedByTheNext() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            world.reset();
            world.store(
                    world.mail().to(MailMaker.QUEUED, "b@x.example"),
                    world.mail().to(MailMaker.QUEUED, "c@x.example"));
            world.transactions().read(handle -> handle.execute("DELETE FROM delivery WHERE recipient LIKE 'b%'"));
            JdbcQueueMaintenance maintenance = new JdbcQueueMaintenance(faults.transactions(), world.clock());

            boolean thrown = point.run(maintenance::sweepEnded).isPresent();

            assertThat(world.counts().subList(0, 3))
                    .isIn(thrown ? List.of(List.of(2L, 2L, 1L), List.of(1L, 1L, 1L)) : List.of(List.of(1L, 1L, 1L)));
            maintenance.sweepEnded();
            maintenance.sweepEnded();
            assertThat(world.counts()).startsWith(1L, 1L, 1L);
        });
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void pruningThatBreaksIsEndedByTheNext() throws Exception {
        faults.each(Then.BACK, point -> {
            world.reset();
            world.store(
                    world.mail().to(MailMaker.QUEUED, "b@x.example"),
                    world.mail().to(MailMaker.QUEUED, "c@x.example"));
            world.clock().advance(Duration.ofDays(2));
            JdbcQueueMaintenance maintenance = new JdbcQueueMaintenance(faults.transactions(), world.clock());

            point.run(() -> maintenance.pruneJournal(Duration.ofDays(1)));

            assertThat(world.count("journal")).isIn(2L, 0L);
            maintenance.pruneJournal(Duration.ofDays(1));
            assertThat(world.count("journal")).isZero();
        });
    }
}
