package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.Transactions;
import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.FaultedAct;
import io.sealpost.fixtures.FaultedAct.Extent;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.QueueFailing.Told;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueVerification.Finding;
import io.sealpost.queue.QueueVerification.Listener;
import io.sealpost.queue.QueueVerification.Mode;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at every statement of what an administrator does, or upkeep: all of it is there or none, and doing it again ends it. */
class SteeringFaultsTest {
    private static final Suspended X = new Suspended.Domain(MailDomain.parse("x.example"));
    private static final String LEASED = "SELECT COUNT(*) FROM delivery WHERE node IS NOT NULL";

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

    private interface Steered {
        void act(Transactions transactions);
    }

    private static QueueInspection inspection(Transactions transactions) {
        return new JdbcQueueInspection(transactions, world.clock(), world.ids(8)::next, "root@test");
    }

    private static JdbcQueueSuspensions suspensions(Transactions transactions) {
        return new JdbcQueueSuspensions(transactions, world.clock(), "root@test");
    }

    private static void fail(Transactions transactions) {
        new JdbcQueueFailing(transactions, world.clock(), world.ids(8), QueueWorld.settings(8), "root@test")
                .fail(
                        QueueFilter.ALL,
                        Optional.of("moved away"),
                        mail -> Optional.of(new Told(world.mail().notice(), List.of())));
    }

    /** With its rows in journal, change feed and audit. Reads follow the one transaction: at those it is done already. */
    private enum Act implements FaultedAct<QueueTables> {
        HOLD(queue -> {}, to -> inspection(to).hold(QueueFilter.ALL, "for a look")),
        RELEASE(
                queue -> queue.hold(QueueFilter.ALL, "for a look"),
                to -> inspection(to).release(QueueFilter.ALL)),
        RETRY(
                queue -> world.clock().advance(Duration.ofMinutes(1)),
                to -> inspection(to).retry(QueueFilter.ALL)),
        DROP(queue -> {}, to -> inspection(to).drop(QueueFilter.ALL)),
        FAIL(queue -> {}, SteeringFaultsTest::fail),
        SUSPEND(queue -> {}, to -> suspensions(to).suspend(X, Duration.ofHours(2), Optional.of("moving")));

        private final Consumer<QueueInspection> before;
        private final Steered act;

        Act(Consumer<QueueInspection> before, Steered act) {
            this.before = before;
            this.act = act;
        }

        /** A message with two deliveries that wait, as this act needs them. */
        @Override
        public void begin() {
            world.reset();
            world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));
            before.accept(world.inspection());
        }

        @Override
        public void act(Transactions transactions) {
            act.act(transactions);
        }

        @Override
        public QueueTables look() {
            return QueueTables.of(world);
        }

        @Override
        public boolean endsWithItsTransaction() {
            return this == SUSPEND;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anActIsWholeOrNotDone(Act act) throws Exception {
        assertThat(act.faulted(faults, world.transactions(), Extent.SAMPLE)).isGreaterThan(8);
    }

    @Tag("crash")
    @ParameterizedTest
    @EnumSource
    void anActIsWholeOrNotDoneWhereverItBreaks(Act act) throws Exception {
        assertThat(act.faulted(faults, world.transactions(), Extent.EVERY)).isGreaterThan(20);
    }

    /** What the command could not bring back any more a node does that knew the suspension. */
    @Test
    void aResumeThatBreaksIsEndedByTheNextOrByANode() throws Exception {
        int points = faults.sampled(Then.BACK, point -> {
            Act.SUSPEND.begin();
            Suspension suspension = suspensions(world.transactions())
                    .suspend(X, Duration.ofHours(2), Optional.empty())
                    .orElseThrow();
            world.transactions()
                    .read(handle ->
                            handle.execute("UPDATE delivery SET next_at = ? + INTERVAL 1 SECOND", suspension.ends()));

            boolean thrown = point.run(() -> suspensions(faults.transactions()).resume(X, Optional.empty()))
                    .isPresent();

            if (thrown) {
                suspensions(world.transactions()).resume(X, Optional.empty());
                new JdbcDeliveryMemory(world.transactions(), world.clock()).bringBack(suspension);
            }
            assertThat(world.claimAll(1).get(0).deliveries())
                    .as("the one to x.example")
                    .hasSize(1);
            assertThat(world.texts("SELECT action FROM audit")).containsExactly("queue.suspend", "queue.resume");
            assertThat(world.count("change_feed")).isEqualTo(2);
        });
        assertThat(points).isGreaterThan(8);
    }

    @Test
    void mendingThatBreaksIsEndedByTheNextAndNothingIsMendedWithoutItsRow() throws Exception {
        int points = faults.sampled(Then.BACK, point -> {
            world.reset();
            world.store(
                    world.mail().to(MailMaker.QUEUED, "b@x.example"),
                    world.mail().to(MailMaker.QUEUED, "c@x.example"),
                    world.mail().to(MailMaker.QUEUED, "d@x.example"));
            world.transactions().read(handle -> handle.execute("DELETE FROM delivery WHERE recipient LIKE 'b%'"));
            world.transactions().read(handle -> handle.execute("""
                    DELETE FROM message WHERE id = (SELECT message FROM delivery WHERE recipient LIKE 'c%')"""));
            world.transactions().read(handle -> handle.execute("DELETE FROM delivery WHERE recipient LIKE 'c%'"));
            world.claimAll(7);

            boolean thrown = point.run(() -> mend(faults.transactions())).isPresent();

            boolean touched = world.count("message_content") < 3 || world.number(LEASED) == 0;
            assertThat(touched && world.count("audit") == 0)
                    .as("mended without a row")
                    .isFalse();
            if (thrown) {
                mend(world.transactions());
            }
            assertThat(world.counts()).startsWith(1L, 1L, 1L);
            assertThat(world.number(LEASED)).isZero();
        });
        assertThat(points).isGreaterThan(20);
    }

    private static void mend(Transactions transactions) {
        new JdbcQueueVerification(transactions, world.clock(), inspection(transactions), "root@test")
                .verify(Mode.MEND, Set.of(1), new Listener() {
                    @Override
                    public void found(Finding finding) {}

                    @Override
                    public void progress(String rows, long count) {}
                });
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
