package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.database.CommitUnknown;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.Transactions;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.SettleResult;
import io.sealpost.queue.Settlement;
import io.sealpost.queue.jdbc.CuttingSource.Then;
import io.sealpost.queue.jdbc.CuttingSource.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks before and after every single statement, COMMIT included: all ends stored or not, and is answered so. */
class CutConnectionsTest {
    private static final List<Long> NOTHING = List.of(0L, 0L, 0L, 0L);
    private static final List<Long> WHOLE = List.of(1L, 1L, 2L, 1L);

    private static QueueWorld world;
    private static CuttingSource source;
    private static Transactions cutting;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
        source = new CuttingSource(world.jdbcUrl());
        cutting = new Transactions(source);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void reset() {
        world.reset();
    }

    private static JdbcQueueIntake intake(Duration patience) {
        return new JdbcQueueIntake(
                cutting, world.clock(), world.ids(1), new QueueSettings(1, QueueWorld.LEASE, patience));
    }

    private static JdbcQueueClaims claims(Duration patience) {
        return new JdbcQueueClaims(
                cutting, world.clock(), world.ids(1), new QueueSettings(1, QueueWorld.LEASE, patience));
    }

    @ParameterizedTest
    @EnumSource
    void aSubmissionIsStoredOnceWhereverTheConnectionBreaks(When when) {
        int step = 1;
        for (boolean cut = true; cut; step++) {
            world.reset();
            NewMessage message = world.mail().to(MailMaker.LEASED, "b@x.example", "c@x.example");
            source.cutAt(step, when, Then.RECONNECT);

            EnqueueResult result = intake(Duration.ofSeconds(20)).enqueue(message);

            assertThat(result)
                    .as("cut at %d, %s", step, source.lastStep())
                    .isInstanceOfSatisfying(EnqueueResult.Stored.class, stored -> {
                        assertThat(stored.leases()).hasSize(2);
                        assertThat(world.claims(1).renew(stored.leases())).hasSize(2);
                    });
            assertThat(world.counts()).isEqualTo(WHOLE);
            cut = source.wasCut();
        }
        assertThat(step).isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void aSubmissionToADatabaseThatStaysAwayIsNeverToldAsStoredNorHalfStored(When when) {
        for (int step = 1; step < 20; step++) {
            world.reset();
            source.cutAt(step, when, Then.STAY_AWAY);
            NewMessage message = world.mail().to(MailMaker.LEASED, "b@x.example", "c@x.example");
            boolean told = tells(intake(Duration.ofMillis(150)), message);

            assertThat(told).isEqualTo(!source.wasCut());
            if (!source.wasCut()) {
                return;
            }
        }
        throw new AssertionError("more steps than there can be");
    }

    /** Also: only a lost answer may leave something behind, and says so. */
    private static boolean tells(JdbcQueueIntake intake, NewMessage message) {
        try {
            intake.enqueue(message);
            return true;
        } catch (CommitUnknown unknown) {
            assertThat(world.counts()).isIn(NOTHING, WHOLE);
            return false;
        } catch (StoreUnavailable away) {
            assertThat(world.counts()).isEqualTo(NOTHING);
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSettlementIsWrittenOnceWhereverTheConnectionBreaks(When when) {
        int step = 1;
        for (boolean cut = true; cut; step++) {
            world.reset();
            Settlement settlement = bouncedAndDeferred();
            source.cutAt(step, when, Then.RECONNECT);

            SettleResult result = claims(Duration.ofSeconds(20)).settle(settlement);

            assertThat(result).as("cut at %d, %s", step, source.lastStep()).isEqualTo(new SettleResult.Settled());
            // The message with its deferred delivery, the notice; receptions of both and the settlement's row.
            assertThat(world.counts()).isEqualTo(List.of(2L, 2L, 2L, 3L));
            cut = source.wasCut();
        }
        assertThat(step).isGreaterThan(7);
    }

    @ParameterizedTest
    @EnumSource
    void aSettlementIsNeverHalfWritten(When when) {
        for (int step = 1; step < 20; step++) {
            world.reset();
            Settlement settlement = bouncedAndDeferred();
            source.cutAt(step, when, Then.STAY_AWAY);
            try {
                claims(Duration.ofMillis(150)).settle(settlement);
                assertThat(source.wasCut()).isFalse();
                return;
            } catch (StoreUnavailable away) {
                assertThat(world.counts()).isIn(List.of(1L, 1L, 2L, 1L), List.of(2L, 2L, 2L, 3L));
            }
            // The results are kept and written again when the database is back, with a new notice.
            source.cutAt(0, when, Then.RECONNECT);
            Settlement again = new Settlement(
                    settlement.message(),
                    settlement.results(),
                    Optional.of(world.mail().notice()),
                    settlement.journal());
            claims(Duration.ofSeconds(20)).settle(again);
            assertThat(world.counts()).isEqualTo(List.of(2L, 2L, 2L, 3L));
        }
        throw new AssertionError("more steps than there can be");
    }

    private static Settlement bouncedAndDeferred() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@x.example"));
        ClaimedMessage message = world.claimAll(1).get(0);
        List<Lease> leases = Results.leases(message);
        List<DeliveryResult> results = List.of(
                Results.bounced(leases.get(0)),
                Results.deferred(world.clock().instant()).apply(leases.get(1)));
        return Results.settlement(message, results, Optional.of(world.mail().notice()));
    }

    /** At worst the rows are leased and nobody knows: they come back when that lease has run out. */
    @ParameterizedTest
    @EnumSource
    void aClaimWhoseConnectionBreaksLosesNothing(When when) {
        int step = 1;
        for (boolean cut = true; cut; step++) {
            world.reset();
            world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@x.example"));
            source.cutAt(step, when, Then.RECONNECT);
            boolean claimed = claimed();
            cut = source.wasCut();

            assertThat(claimed).as("cut at %d, %s", step, source.lastStep()).isEqualTo(!cut);
            world.clock()
                    .advance(
                            claimed || !cut
                                    ? Duration.ZERO
                                    : QueueWorld.LEASE.multipliedBy(2).plusSeconds(1));
            assertThat(claimed || !world.claimAll(1).isEmpty()).isTrue();
        }
        assertThat(step).isGreaterThan(4);
    }

    private static boolean claimed() {
        try {
            return !claims(Duration.ofSeconds(20))
                    .claimDue(QueueWorld.ALL_BUCKETS, 10)
                    .isEmpty();
        } catch (StoreUnavailable away) {
            return false;
        }
    }

    /** An act, its row in the journal and its row in the change feed: all or none. */
    @ParameterizedTest
    @EnumSource
    void anActOfAnAdministratorIsWholeOrNotDone(When when) {
        for (int step = 1; step < 20; step++) {
            world.reset();
            world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@x.example"));
            source.cutAt(step, when, Then.RECONNECT);
            try {
                new JdbcQueueInspection(cutting, world.clock(), world.ids(8)::next, "root@test").drop(QueueFilter.ALL);
            } catch (StoreUnavailable away) {
                assertThat(source.wasCut()).isTrue();
            }
            assertThat(List.of(world.counts(), world.count("change_feed")))
                    .isIn(List.of(List.of(1L, 1L, 2L, 1L), 0L), List.of(List.of(0L, 0L, 0L, 2L), 1L));
            if (!source.wasCut()) {
                return;
            }
        }
        throw new AssertionError("more steps than there can be");
    }
}
