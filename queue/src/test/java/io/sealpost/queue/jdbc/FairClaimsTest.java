package io.sealpost.queue.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.PassOver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One account has 200,000 deliveries due; others have one. */
class FairClaimsTest {
    private static final int MANY = 200_000;
    private static final long OTHER = 12;

    private static QueueWorld world;

    @BeforeAll
    static void open() {
        world = QueueWorld.open();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @AfterEach
    void empty() {
        for (String table : List.of("message", "message_content", "delivery", "journal")) {
            world.transactions().read(handle -> handle.execute("TRUNCATE TABLE " + table));
        }
    }

    private static Instant before(Duration time) {
        return world.clock().instant().minus(time);
    }

    private static NewMessage store(long account, int priority, String recipient) {
        MailOptions options = new MailOptions(
                MailOptions.BodyType.UNSTATED,
                MailOptions.Extensions.NONE,
                priority,
                MailOptions.DsnRequest.NONE,
                Optional.empty(),
                Optional.empty());
        NewMessage message = world.mail().from(OptionalLong.of(account), options, recipient);
        world.store(message);
        return message;
    }

    /** How many claims it takes until the message is among what they gave. */
    private static int claimsUntil(NewMessage message, JdbcQueueClaims claims, int max) {
        for (int count = 1; count <= 200; count++) {
            if (claims.claimDue(QueueWorld.ALL_BUCKETS, max).stream().anyMatch(one -> is(one, message))) {
                return count;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static boolean is(ClaimedMessage claimed, NewMessage message) {
        return claimed.envelope().id().equals(message.envelope().id());
    }

    @Test
    void aSingleMessageIsClaimedAtOnceThoughItsSiteHas200000OlderOnes() {
        new Flood(world).to("big.example", MANY, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        NewMessage single = store(OTHER, 0, "you@big.example");

        assertThat(claimsUntil(single, world.claims(1), 50)).isEqualTo(1);
    }

    @Test
    void aSingleOneThatWasDeferredComesAtOnceAfterAnOutageThatMade200000Due() {
        new Flood(world).to("big.example", MANY, DeliveryState.DEFERRED, before(Duration.ofHours(3)));
        NewMessage single = store(OTHER, 0, "you@big.example");
        world.transactions().read(handle -> handle.execute("UPDATE delivery SET state = 3 WHERE account = ?", OTHER));

        assertThat(claimsUntil(single, world.claims(1), 50)).isEqualTo(1);
    }

    @Test
    void aSingleOneIsSoonClaimedWhenAllBucketsAreFullOfAnothersDomains() {
        Flood flood = new Flood(world);
        for (int i = 0; i < 500; i++) {
            flood.to("d" + i + ".example", 100, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        }
        NewMessage single = store(OTHER, 0, "you@far.example");

        assertThat(claimsUntil(single, world.claims(1), 50)).isLessThanOrEqualTo(10);
    }

    @Test
    void withRoomForOneAtATimeASingleOneComesNextButOne() {
        new Flood(world).to("big.example", 1000, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        NewMessage single = store(OTHER, 0, "you@big.example");

        assertThat(claimsUntil(single, world.claims(1), 1)).isLessThanOrEqualTo(6);
    }

    @Test
    void theOldestAreClaimedToo() {
        Flood flood = new Flood(world);
        flood.to("big.example", 1000, DeliveryState.QUEUED, before(Duration.ofHours(1)));

        List<ClaimedMessage> claimed = world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 100);

        assertThat(claimed.get(0).deliveries()).hasSize(100);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 2 AND id < 1000000 + 99"))
                .isGreaterThanOrEqualTo(95);
    }

    @Test
    void higherPrioritiesComeFirstAndLowerOnesAllTheSame() {
        new Flood(world).to("big.example", 5000, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        for (int i = 0; i < 100; i++) {
            store(Flood.ACCOUNT, 5, "urgent@big.example");
        }
        NewMessage low = store(OTHER, -5, "low@big.example");
        JdbcQueueClaims claims = world.claims(1);

        List<ClaimedMessage> first = claims.claimDue(QueueWorld.ALL_BUCKETS, 50);

        assertThat(first.subList(0, 25))
                .allMatch(message -> message.envelope().options().priority() == 5);
        assertThat(deliveries(first)).isEqualTo(50);
        assertThat(first.stream().anyMatch(one -> is(one, low)) || claimsUntil(low, claims, 50) <= 2)
                .isTrue();
    }

    @Test
    void whatIsPassedOverStaysAndOthersGetItsPlaces() {
        new Flood(world).to("full.example", 5000, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        String neighbour = inTheBucketOf("full.example");
        for (int i = 0; i < 60; i++) {
            store(OTHER, 0, "you@" + neighbour);
        }
        PassOver full = new PassOver(Set.of(), Set.of("full.example"), Set.of());

        List<ClaimedMessage> claimed = world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 50, full);

        assertThat(deliveries(claimed)).isEqualTo(50);
        assertThat(world.number("SELECT COUNT(*) FROM delivery WHERE state = 2 AND recipient_domain = 'full.example'"))
                .isZero();
        int left = (int) world.number("SELECT COUNT(*) FROM delivery WHERE state = 1 AND account = " + OTHER);
        assertThat(left).isBetween(10, 11); // The flood's own first message may have had a place.
        PassOver account = new PassOver(Set.of(Flood.ACCOUNT), Set.of(), Set.of());
        assertThat(deliveries(world.claims(1).claimDue(QueueWorld.ALL_BUCKETS, 50, account)))
                .isEqualTo(left);
    }

    private static int deliveries(List<ClaimedMessage> claimed) {
        return claimed.stream().mapToInt(one -> one.deliveries().size()).sum();
    }

    private static String inTheBucketOf(String domain) {
        int bucket = Buckets.of(MailDomain.parse(domain));
        for (int i = 0; ; i++) {
            String other = "n" + i + ".example";
            if (Buckets.of(MailDomain.parse(other)) == bucket) {
                return other;
            }
        }
    }

    /** The number of rows read does not depend on what waits. */
    @Test
    void aCrowdedClaimReadsAFewRowsOfMany() {
        new Flood(world).to("big.example", MANY, DeliveryState.QUEUED, before(Duration.ofHours(1)));
        JdbcQueueClaims claims = world.claims(1);
        claims.claimDue(QueueWorld.ALL_BUCKETS, 50);

        assertThat(RowsRead.by(world, () -> claims.claimDue(QueueWorld.ALL_BUCKETS, 50)))
                .isLessThan(5000);
    }
}
