package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.SignedPrefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcQueueClaimsTest {
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

    private static int deliveries(List<ClaimedMessage> messages) {
        return messages.stream()
                .mapToInt(message -> message.deliveries().size())
                .sum();
    }

    private static String[] recipients(int count, String domain) {
        return IntStream.range(0, count).mapToObj(i -> "r" + i + "@" + domain).toArray(String[]::new);
    }

    @Test
    void whatOneNodeHoldsNoOtherGets() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));

        List<ClaimedMessage> claimed = world.claimAll(1);

        assertThat(claimed).singleElement().satisfies(message -> {
            assertThat(message.deliveries()).hasSize(2);
            Lease lease = message.deliveries().get(0).lease();
            assertThat(lease.until()).isEqualTo(world.clock().instant().plus(QueueWorld.LEASE));
        });
        assertThat(world.claimAll(1)).isEmpty();
        assertThat(world.claimAll(2)).isEmpty();
    }

    @Test
    void claimsOnlyFromTheBucketsAskedFor() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        int bucket = Buckets.of(MailDomain.parse("x.example"));

        assertThat(world.claims(1).claimDue(Set.of((bucket + 1) % 64), 10)).isEmpty();
        assertThat(world.claims(1).claimDue(Set.of(bucket), 10)).hasSize(1);
    }

    @Test
    void givesTheOldestFirst() {
        NewMessage younger = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.clock().advance(Duration.ofHours(-1));
        NewMessage older = world.mail().to(MailMaker.QUEUED, "b@y.example");
        world.clock().advance(Duration.ofHours(1));
        world.store(younger, older);

        assertThat(world.claimAll(1).stream().map(message -> message.envelope().id()))
                .containsExactly(older.envelope().id(), younger.envelope().id());
    }

    @Test
    void aFullBucketDoesNotHideTheOthersNorIsItHeldBackByThem() {
        world.store(
                world.mail().to(MailMaker.QUEUED, recipients(100, "full.example")),
                world.mail().to(MailMaker.QUEUED, "b@x.example"),
                world.mail().to(MailMaker.QUEUED, "b@y.example"));

        List<ClaimedMessage> claimed = world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 30);

        assertThat(deliveries(claimed)).isEqualTo(30);
        assertThat(claimed).hasSize(3);
    }

    @Test
    void claimsNoMoreThanAskedForWhenMoreBucketsAreDue() {
        for (int i = 0; i < 20; i++) {
            world.store(world.mail().to(MailMaker.QUEUED, "b@d" + i + ".example"));
        }

        assertThat(deliveries(world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 5)))
                .isEqualTo(5);
        assertThat(deliveries(world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 100)))
                .isEqualTo(15);
        assertThat(world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 0)).isEmpty();
    }

    @Test
    void aRenewedLeaseIsMovedOnAndALostOneIsNot() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example", "c@y.example"));
        List<Lease> leases = Results.leases(world.claimAll(1).get(0));
        world.clock().advance(Duration.ofMinutes(2));
        world.claims(1).giveBack(List.of(leases.get(1)));

        List<Lease> renewed = world.claims(1).renew(leases);

        assertThat(renewed)
                .containsExactly(leases.get(0).renewed(world.clock().instant().plus(QueueWorld.LEASE)));
        assertThat(world.claims(2).renew(leases)).isEmpty();
        assertThat(world.claims(1).renew(List.of())).isEmpty();
    }

    @Test
    void whatIsGivenBackIsDueAgainAndCountsNoAttempt() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        ClaimedMessage claimed = world.claimAll(1).get(0);
        world.claims(1).giveBack(Results.leases(claimed));

        ClaimedDelivery again = world.claimAll(2).get(0).deliveries().get(0);

        assertThat(again.progress()).isEqualTo(DeliveryProgress.FRESH);
        assertThat(world.claims(1).renew(Results.leases(claimed))).isEmpty();
    }

    @Test
    void aDeadNodesLeasesBecomeDueAtOnceAndItsOldOnesAreWorthNothing() {
        world.store(world.mail().to(MailMaker.QUEUED, recipients(3, "x.example")));
        ClaimedMessage ofTheDead = world.claimAll(1).get(0);

        assertThat(world.claims(2).freeLeasesOf(1)).isEqualTo(3);
        assertThat(world.claims(2).freeLeasesOf(1)).isZero();
        assertThat(deliveries(world.claimAll(2))).isEqualTo(3);
        assertThat(world.claims(1).renew(Results.leases(ofTheDead))).isEmpty();
        assertThat(holdsLeases(1)).isFalse();
        assertThat(holdsLeases(2)).isTrue();
    }

    private static boolean holdsLeases(int node) {
        return world.transactions().read(handle -> JdbcQueueMaintenance.holdsLeases(handle, node));
    }

    @Test
    void freesMoreLeasesThanOneSlice() {
        for (int i = 0; i < 3; i++) {
            world.store(world.mail().to(MailMaker.LEASED, recipients(700, "x" + i + ".example")));
        }

        assertThat(world.claims(1).freeLeasesOf(9)).isEqualTo(2100);
    }

    /** The claim's answer was lost: its rows are leased, and nobody knows. */
    @Test
    void ownLeasesThatNobodyRenewsAreClaimedAgainAfterTwiceTheirTime() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        world.claimAll(1);

        world.clock().advance(QueueWorld.LEASE.plusSeconds(1));
        assertThat(world.claimAll(1)).isEmpty();
        world.clock().advance(QueueWorld.LEASE);
        assertThat(world.claimAll(1)).hasSize(1);
    }

    @Test
    void leasesThatRanOutAreFreedForEveryNode() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        world.claimAll(1);
        world.clock().advance(QueueWorld.LEASE.plusSeconds(1));

        assertThat(world.maintenance().freeExpired(Duration.ofMinutes(1))).isZero();
        assertThat(world.maintenance().freeExpired(Duration.ZERO)).isEqualTo(1);
        assertThat(world.claimAll(2)).hasSize(1);
    }

    @Test
    void aReplacedPrefixIsClaimed() {
        NewMessage message = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(message);
        SignedPrefix fresh = new SignedPrefix(MailMaker.prefix("signed again").bytes(), List.of());
        world.claims(1).replacePrefix(message.envelope().id(), fresh);

        assertThat(world.claimAll(1).get(0).signedPrefix()).isEqualTo(fresh);
    }

    @Test
    void aDeliveryWhoseMessageIsMissingDoesNotStopTheOthers() {
        NewMessage orphan = world.mail().to(MailMaker.QUEUED, "b@x.example");
        NewMessage sound = world.mail().to(MailMaker.QUEUED, "b@x.example");
        world.store(orphan, sound);
        world.transactions()
                .read(handle -> handle.execute(
                        "DELETE FROM message WHERE id = ?",
                        orphan.envelope().id().value()));

        assertThat(world.claimAll(1))
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.envelope()).isEqualTo(sound.envelope()));
    }

    @Test
    void twoNodesWithFourThreadsGetEachDeliveryOnce() throws Exception {
        List<DeliveryId> stored = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            NewMessage message = world.mail().to(MailMaker.QUEUED, recipients(50, "d" + i % 13 + ".example"));
            world.store(message);
            message.deliveries().forEach(delivery -> stored.add(delivery.id()));
        }
        ConcurrentLinkedQueue<DeliveryId> claimed = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            JdbcQueueClaims claims = world.claims(1 + thread % 2);
            ends.add(threads.submit(() -> claimUntilEmpty(claims, claimed)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();

        assertThat(claimed).hasSize(2000).containsExactlyInAnyOrderElementsOf(stored);
    }

    private static void claimUntilEmpty(JdbcQueueClaims claims, ConcurrentLinkedQueue<DeliveryId> claimed) {
        while (world.number("SELECT COUNT(*) FROM delivery WHERE state = 1") > 0) {
            for (ClaimedMessage message : claims.claimDue(QueueWorld.ALL_BUCKETS, 37)) {
                message.deliveries()
                        .forEach(delivery -> claimed.add(delivery.lease().delivery()));
            }
        }
    }

    @Test
    void progressIsReadBackAsItWasWritten() {
        world.store(world.mail().to(MailMaker.QUEUED, "b@x.example"));
        ClaimedMessage claimed = world.claimAll(1).get(0);
        world.claims(1)
                .settle(Results.settlement(
                        claimed, Results.deferred(world.clock().instant())));

        DeliveryProgress progress = world.claimAll(1).get(0).deliveries().get(0).progress();

        assertThat(progress).isEqualTo(new DeliveryProgress(1, 1, Optional.of(Results.LATER)));
    }

    @Test
    void firstLeasesAreSettledByTheNodeThatStored() {
        NewMessage message = world.mail().to(MailMaker.LEASED, "b@x.example");
        EnqueueResult.Stored stored = (EnqueueResult.Stored) world.intake(1).enqueue(message);

        assertThat(world.claims(2).renew(stored.leases())).isEmpty();
        assertThat(world.claims(1).renew(stored.leases())).hasSize(1);
    }
}
