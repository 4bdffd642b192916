package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.fake.FakeQueue;
import io.sealpost.relay.fake.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaseKeeperTest {
    private final MovableClock clock = new MovableClock();
    private final FakeQueue queue = new FakeQueue(clock);
    private Optional<Instant> aliveSince = Optional.of(Instant.MIN);
    private final LeaseKeeper keeper =
            new LeaseKeeper(queue, neighbours(1, "1", () -> aliveSince), FakeQueue.LEASE, clock);
    private final AtomicInteger ended = new AtomicInteger();
    private final List<ClaimedDelivery> two = claimed("a@x.example", "b@x.example");

    @Test
    void permitsTheFinalDotOnlyWithHalfOfTheTimeLeft() {
        hold();
        clock.advance(Duration.ofMinutes(5));
        assertThat(keeper.permitsFinalDot(two)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(keeper.permitsFinalDot(two)).isFalse();
        keeper.renewAll();
        assertThat(keeper.permitsFinalDot(two)).isTrue();
        keeper.denyFinalDots();
        assertThat(keeper.permitsFinalDot(two)).isFalse();
    }

    @Test
    void permitsNoneWhileOthersMayTakeThisNodeForDead() {
        hold();
        aliveSince = Optional.empty();
        assertThat(keeper.permitsFinalDot(two)).isFalse();
    }

    @Test
    void asksTheDatabaseOnceForLeasesFromBeforeAGapOfTheHeart() {
        hold();
        queue.steal("a@x.example");
        assertThat(keeper.permitsFinalDot(two)).as("nobody tells it").isTrue();
        clock.advance(Duration.ofSeconds(70));
        aliveSince = Optional.of(clock.instant());
        assertThat(keeper.permitsFinalDot(two.subList(1, 2))).isTrue();
        assertThat(keeper.permitsFinalDot(two)).isFalse();
        assertThat(keeper.stillHeld(two)).containsExactly(two.get(1));
    }

    @Test
    void permitsNoneFromBeforeAGapWhileTheDatabaseIsAway() {
        hold();
        clock.advance(Duration.ofSeconds(70));
        aliveSince = Optional.of(clock.instant());
        queue.away(true);
        assertThat(keeper.permitsFinalDot(two)).isFalse();
    }

    @Test
    void forgetsALeaseThatAnotherNodeTook() {
        hold();
        queue.steal("a@x.example");
        keeper.renewAll();
        assertThat(keeper.stillHeld(two)).containsExactly(two.get(1));
        assertThat(keeper.permitsFinalDot(two)).isFalse();
        assertThat(keeper.permitsFinalDot(two.subList(1, 2))).isTrue();
    }

    @Test
    void keepsEverythingWhileTheDatabaseIsAway() {
        hold();
        queue.away(true);
        keeper.renewAll();
        assertThat(keeper.stillHeld(two)).hasSize(2);
    }

    @Test
    void saysOnceWhenTheLastLeaseIsGone() {
        hold();
        keeper.letGo(leases(two.subList(0, 1)));
        keeper.letGo(leases(two.subList(0, 1)));
        assertThat(ended).hasValue(0);
        keeper.letGo(leases(two));
        keeper.letGo(leases(two));
        assertThat(ended).hasValue(1);
    }

    /** self, live nodes, how many of 64 buckets are its own. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 64",
        "0, '', 64",
        "3, '3,9', 32",
        "9, '3,9', 32",
        "1, '1,2,3', 22",
        "3, '1,2,3', 21",
        "7, '1,2', 21"
    })
    void sharesBucketsOutAmongTheLiveNodes(int self, String live, int count) {
        assertThat(buckets(self, live)).hasSize(count);
    }

    @Test
    void leavesNoBucketOut() {
        Set<Integer> all = new java.util.HashSet<>(buckets(1, "1,2,3"));
        all.addAll(buckets(2, "1,2,3"));
        all.addAll(buckets(3, "1,2,3"));
        assertThat(all).hasSize(64);
    }

    private static Set<Integer> buckets(int self, String live) {
        return neighbours(self, live, Optional::empty).bucketsOf(64);
    }

    private static Neighbours neighbours(int self, String live, Supplier<Optional<Instant>> alive) {
        return new Neighbours() {
            @Override
            public int self() {
                return self;
            }

            @Override
            public Set<Integer> live() {
                return Set.copyOf(Stream.of(live.split(","))
                        .filter(node -> !node.isEmpty())
                        .map(Integer::valueOf)
                        .toList());
            }

            @Override
            public Set<Integer> dead() {
                return Set.of();
            }

            @Override
            public Optional<Instant> aliveSince() {
                return alive.get();
            }
        };
    }

    private void hold() {
        keeper.hold(leases(two), ended::incrementAndGet);
    }

    private static List<Lease> leases(List<ClaimedDelivery> deliveries) {
        return deliveries.stream().map(ClaimedDelivery::lease).toList();
    }

    private List<ClaimedDelivery> claimed(String... recipients) {
        MessageEnvelope envelope = new MessageEnvelope(
                new QueueId(1),
                Origin.notice(2),
                Optional.empty(),
                MailOptions.NONE,
                MessageKind.SUBMITTED,
                clock.instant(),
                clock.instant());
        AtomicInteger ids = new AtomicInteger();
        List<NewDelivery> deliveries = Stream.of(recipients)
                .map(to -> new NewDelivery(
                        new DeliveryId(ids.incrementAndGet()),
                        Recipient.of(EmailAddress.parse(to)),
                        new NewDelivery.Start.Leased()))
                .toList();
        SignedPrefix prefix = new SignedPrefix(new byte[0], List.of());
        ClaimedMessage message = queue.store(envelope, prefix, Content.of(new byte[0]), deliveries);
        return message.deliveries();
    }
}
