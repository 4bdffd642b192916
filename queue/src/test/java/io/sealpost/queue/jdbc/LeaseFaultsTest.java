package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.StatementCutter.Then;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Lease;
import io.sealpost.queue.SettleResult.Settled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connection breaks at every statement of what happens to leases: a delivery is always somebody's, or becomes free. */
class LeaseFaultsTest {
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

    private static JdbcQueueClaims breaking(int node) {
        return new JdbcQueueClaims(faults.transactions(), world.clock(), world.ids(node), QueueWorld.settings(node));
    }

    private static void store() {
        world.reset();
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));
    }

    private static ClaimedMessage claimed() {
        store();
        return world.claimAll(1).get(0);
    }

    private static void assertAllCanBeDelivered(ClaimedMessage message) {
        assertThat(message.deliveries()).hasSize(2);
        assertThat(world.claims(1).settle(Results.settlement(message, Results::delivered)))
                .isEqualTo(new Settled());
        assertThat(QueueTables.of(world).count("message ")).isZero();
    }

    /** By the number of the claim, at the next one. */
    @Test
    void whatAClaimTookUnknowinglyIsFreedByTheNext() throws Exception {
        int points = faults.sampled(Then.BACK, point -> {
            store();
            JdbcQueueClaims node = breaking(1);
            List<ClaimedMessage> claimed = new ArrayList<>();

            point.run(() -> claimed.addAll(node.claimDue(QueueWorld.ALL_BUCKETS, 10)));

            assertThat(claimed.isEmpty()).isEqualTo(point.wasCut());
            if (claimed.isEmpty()) {
                claimed.addAll(node.claimDue(QueueWorld.ALL_BUCKETS, 10));
            }
            assertAllCanBeDelivered(claimed.get(0));
        });
        assertThat(points).isGreaterThan(12);
    }

    /** Where the node that claimed has forgotten: at worst the rows are leased and nobody knows, until that lease has run out. */
    @Test
    void whatAClaimTookUnknowinglyComesBackWithItsLease() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            store();
            AtomicReference<List<ClaimedMessage>> claimed = new AtomicReference<>(List.of());

            point.run(() -> claimed.set(breaking(1).claimDue(QueueWorld.ALL_BUCKETS, 10)));

            if (claimed.get().isEmpty()) {
                assertThat(point.wasCut()).isTrue();
                world.clock().advance(QueueWorld.LEASE.multipliedBy(2).plusSeconds(1));
                claimed.set(world.claimAll(1));
            }
            assertAllCanBeDelivered(claimed.get().get(0));
        });
        assertThat(points).isGreaterThan(20);
    }

    @Test
    void aRenewalThatBreaksLosesNoLease() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            ClaimedMessage message = claimed();
            world.clock().advance(QueueWorld.LEASE.dividedBy(2));
            List<Lease> leases = Results.leases(message);

            point.run(() -> assertThat(breaking(1).renew(leases)).hasSize(2));

            assertThat(world.claims(1).renew(leases)).hasSize(2);
            assertAllCanBeDelivered(message);
        });
        assertThat(points).isGreaterThan(8);
    }

    /** Giving back once more takes nothing from another who claimed it since. */
    @Test
    void whatIsGivenBackIsFreeOnce() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            ClaimedMessage message = claimed();
            List<Lease> leases = Results.leases(message);

            boolean thrown = point.run(() -> breaking(1).giveBack(leases)).isPresent();
            List<ClaimedMessage> others = world.claimAll(2);
            world.claims(1).giveBack(leases);

            if (thrown && others.isEmpty()) {
                assertAllCanBeDelivered(world.claimAll(1).get(0));
            } else {
                assertThat(world.claims(2).renew(Results.leases(others.get(0)))).hasSize(2);
            }
        });
        assertThat(points).isGreaterThan(8);
    }

    @Test
    void aDeadNodesLeasesBecomeFree() throws Exception {
        int points = faults.each(Then.BACK, point -> {
            claimed();

            boolean thrown = point.run(() -> breaking(2).freeLeasesOf(1)).isPresent();

            assertThat(thrown).isEqualTo(point.wasCut());
            if (thrown) {
                world.claims(2).freeLeasesOf(1);
            }
            assertThat(world.claimAll(2).get(0).deliveries()).hasSize(2);
        });
        assertThat(points).isGreaterThan(8);
    }

    @Test
    void leasesThatRanOutBecomeFree() throws Exception {
        faults.each(Then.BACK, point -> {
            claimed();
            world.clock().advance(QueueWorld.LEASE.plusSeconds(2));
            JdbcQueueMaintenance maintenance = new JdbcQueueMaintenance(faults.transactions(), world.clock());

            if (point.run(() -> maintenance.freeExpired(Duration.ofSeconds(1))).isPresent()) {
                maintenance.freeExpired(Duration.ofSeconds(1));
            }

            assertThat(world.claimAll(2).get(0).deliveries()).hasSize(2);
        });
    }

    @Test
    void aPrefixIsReplacedWholeOrNotAtAll() throws Exception {
        faults.each(Then.BACK, point -> {
            ClaimedMessage message = claimed();

            boolean thrown = point.run(
                            () -> breaking(1).replacePrefix(message.envelope().id(), MailMaker.prefix("renewed")))
                    .isPresent();

            String prefix =
                    world.texts("SELECT CONCAT(prefix, key_ids) FROM message").get(0);
            assertThat(prefix)
                    .isIn(thrown ? List.of("prefix\r\n17,18", "renewed\r\n17,18") : List.of("renewed\r\n17,18"));
            assertAllCanBeDelivered(message);
        });
    }
}
