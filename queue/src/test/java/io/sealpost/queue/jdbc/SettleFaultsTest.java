package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.FaultPoints.Point;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SettleResult.Settled;
import io.sealpost.queue.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection breaks at every statement of a settlement: it is written whole and once, the notice with it, or not at all. */
class SettleFaultsTest {
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

    /** How an attempt for two recipients ended. */
    private enum Ending {
        DELIVERED(Results::delivered, Results::delivered, 0),
        DEFERRED(Ending::deferred, Ending::deferred, 0),
        HELD(Results::held, Results::delivered, 0),
        BOUNCED_WITH_NOTICE(Results::bounced, Ending::deferred, 1);

        private final Function<Lease, DeliveryResult> first;
        private final Function<Lease, DeliveryResult> second;
        private final int notices;

        Ending(Function<Lease, DeliveryResult> first, Function<Lease, DeliveryResult> second, int notices) {
            this.first = first;
            this.second = second;
            this.notices = notices;
        }

        private static DeliveryResult deferred(Lease lease) {
            return Results.deferred(world.clock().instant()).apply(lease);
        }

        /** Made anew for each call, as the settlement desk does. */
        Settlement of(ClaimedMessage message) {
            List<Lease> leases = Results.leases(message);
            Optional<NewMessage> notice =
                    notices == 0 ? Optional.empty() : Optional.of(world.mail().notice());
            return Results.settlement(
                    message, List.of(first.apply(leases.get(0)), second.apply(leases.get(1))), notice);
        }
    }

    private static JdbcQueueClaims claims(Duration patience) {
        return new JdbcQueueClaims(
                faults.transactions(), world.clock(), world.ids(1), new QueueSettings(1, QueueWorld.LEASE, patience));
    }

    private static ClaimedMessage claimed() {
        world.reset();
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@x.example"));
        return world.claimAll(1).get(0);
    }

    private static QueueTables settledUndisturbed(Ending ending) {
        ClaimedMessage message = claimed();
        assertThat(world.claims(1).settle(ending.of(message))).isEqualTo(new Settled());
        QueueTables tables = QueueTables.of(world);
        assertThat(tables.count("message  ")).as("notices, from nobody").isEqualTo(ending.notices);
        return tables;
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenOnceWhereverTheConnectionBreaks(Ending ending) throws Exception {
        QueueTables settled = settledUndisturbed(ending);
        int points = faults.each(Then.BACK, point -> {
            ClaimedMessage message = claimed();

            assertThat(point.run(() -> assertThat(claims(Duration.ofSeconds(20)).settle(ending.of(message)))
                            .isEqualTo(new Settled())))
                    .isEmpty();

            assertThat(QueueTables.of(world)).isEqualTo(settled);
        });
        assertThat(points).isGreaterThan(20);
    }

    /** Results are kept in memory then, and written with a new notice when the database is back. */
    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "BOUNCED_WITH_NOTICE"})
    void isWrittenOnceWhenTheDatabaseComesBackLater(Ending ending) throws Exception {
        QueueTables settled = settledUndisturbed(ending);
        faults.each(Then.AWAY, point -> {
            ClaimedMessage message = claimed();
            QueueTables before = QueueTables.of(world);

            boolean thrown = point.run(() -> claims(Duration.ofMillis(20)).settle(ending.of(message)))
                    .isPresent();

            assertThat(thrown).isEqualTo(point.wasCut());
            assertThat(QueueTables.of(world)).isIn(thrown ? List.of(before, settled) : List.of(settled));
            world.claims(1).settle(ending.of(message));
            assertThat(QueueTables.of(world)).isEqualTo(settled);
        });
    }

    @Test
    @Tag("crash")
    void settlementsThatShareACommitAreEachWrittenOnce() throws Exception {
        QueueTables settled = together(Optional.empty());
        int points = faults.each(
                Then.BACK, point -> assertThat(together(Optional.of(point))).isEqualTo(settled));
        assertThat(points).isGreaterThan(40);
    }

    private static QueueTables together(Optional<Point> point) {
        world.reset();
        List<ClaimedMessage> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            world.store(world.mail().to(MailMaker.QUEUED, "b" + i + "@x.example"));
            messages.addAll(world.claimAll(1));
        }
        Together together = new Together(3);
        JdbcQueueClaims claims = point.isEmpty() ? world.claims(1) : claims(Duration.ofSeconds(20));
        Runnable all = () -> together.run(
                () -> settle(claims, messages.get(0), together.gate()),
                messages.subList(1, 4).stream().map(message -> () -> settle(claims, message, MailMaker.content("x"))));
        point.ifPresentOrElse(at -> assertThat(at.run(all)).isEmpty(), all);
        return QueueTables.of(world);
    }

    private static void settle(JdbcQueueClaims claims, ClaimedMessage message, Content notice) {
        List<DeliveryResult> bounced =
                Results.leases(message).stream().map(Results::bounced).toList();
        Settlement settlement =
                Results.settlement(message, bounced, Optional.of(world.mail().notice(notice)));
        assertThat(claims.settle(settlement)).isEqualTo(new Settled());
    }
}
