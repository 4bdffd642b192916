package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.NewMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connection breaks at every statement of a submission: it is stored whole or not at all, and is answered so. */
class IntakeFaultsTest {
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

    private static JdbcQueueIntake intake(Duration patience) {
        return new JdbcQueueIntake(
                faults.transactions(), world.clock(), world.ids(1), new QueueSettings(1, QueueWorld.LEASE, patience));
    }

    private static NewMessage message() {
        return world.mail().to(MailMaker.LEASED, "b@x.example", "c@x.example");
    }

    @Test
    void aSubmissionIsStoredOnceAndLeased() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            world.reset();
            AtomicReference<EnqueueResult> result = new AtomicReference<>();

            assertThat(point.run(() -> result.set(intake(Duration.ofSeconds(20)).enqueue(message()))))
                    .isEmpty();

            assertThat(result.get()).isInstanceOfSatisfying(EnqueueResult.Stored.class, stored -> {
                assertThat(stored.leases()).hasSize(2);
                assertThat(world.claims(1).renew(stored.leases())).hasSize(2);
            });
            assertThat(world.counts()).containsExactly(1L, 1L, 2L, 1L);
        });
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void aSubmissionToADatabaseThatStaysAwayIsNeverToldAsStoredNorHalfStored() throws Exception {
        int points = faults.each(Then.AWAY, point -> {
            world.reset();
            var thrown = point.run(() -> intake(Duration.ofMillis(20)).enqueue(message()));

            assertThat(thrown.isPresent()).isEqualTo(point.wasCut());
            List<Long> stored = world.counts();
            if (!point.wasCut()) {
                assertThat(stored).containsExactly(1L, 1L, 2L, 1L);
            } else if (FaultPoints.isUnknown(thrown)) {
                assertThat(stored).isIn(List.of(1L, 1L, 2L, 1L), List.of(0L, 0L, 0L, 0L));
            } else {
                assertThat(stored).containsOnly(0L);
            }
            everyRowGoesOn(stored.get(2));
        });
        assertThat(points).isGreaterThan(20);
    }

    /** Also what was stored and whose lease nobody knows of. */
    private static void everyRowGoesOn(long deliveries) {
        world.clock().advance(QueueWorld.LEASE.multipliedBy(2).plusSeconds(1));
        assertThat(world.claimAll(1).stream()
                        .map(ClaimedMessage::deliveries)
                        .mapToInt(List::size)
                        .sum())
                .isEqualTo((int) deliveries);
    }

    @Test
    @Tag("crash")
    void submissionsThatShareACommitAreEachStoredOnce() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            world.reset();
            JdbcQueueIntake intake = intake(Duration.ofSeconds(20));
            Together together = new Together(3);
            NewMessage first = world.mail().withContent(together.gate(), "a@x.example");
            List<NewMessage> others = IntStream.range(0, 3)
                    .mapToObj(i -> world.mail().to(MailMaker.LEASED, "b" + i + "@x.example"))
                    .toList();

            assertThat(point.run(() -> together.run(
                            () -> assertStored(intake.enqueue(first)),
                            others.stream().map(other -> () -> assertStored(intake.enqueue(other))))))
                    .isEmpty();

            assertThat(world.counts()).containsExactly(4L, 4L, 4L, 4L);
        });
        assertThat(points).isGreaterThan(40);
    }

    private static void assertStored(EnqueueResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        EnqueueResult.Stored.class,
                        stored -> assertThat(stored.leases()).hasSize(1));
    }
}
