package io.sealpost.relay.outbound;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.Suspension;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import io.sealpost.relay.outbound.Decided.Tell;
import io.sealpost.relay.outbound.Settling.Timing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Puts off what a suspension covers until after its end, each once: nothing of it is looked at again before. What is past its time is
 * given up, with a word to the sender, instead. Thread-safe.
 */
final class SuspendedMail {
    private static final EnhancedStatus STATUS =
            EnhancedStatus.of("4.3.2"); // RFC 3463 §3.4: not accepting, a shutdown by hand.

    private final Suspensions suspensions;
    private final Supplier<SettlementPolicy> policy;
    private final SettlementDesk desk;
    private final Clock clock;
    private final RandomGenerator random;

    SuspendedMail(
            Suspensions suspensions,
            Supplier<SettlementPolicy> policy,
            SettlementDesk desk,
            Clock clock,
            RandomGenerator random) {
        this.suspensions = suspensions;
        this.policy = policy;
        this.desk = desk;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The rest of the message that may be tried; empty when all of it was put off. Throws StoreUnavailable while nobody can tell.
     *
     * @param site where it goes; {@code ""} before it is routed
     */
    Optional<ClaimedMessage> putOff(ClaimedMessage message, Instant claimed, String site) {
        Map<Suspension, List<ClaimedDelivery>> covered = new LinkedHashMap<>();
        List<ClaimedDelivery> free = new ArrayList<>();
        for (ClaimedDelivery delivery : message.deliveries()) {
            Optional<Suspension> suspension = suspensions.of(
                    delivery.recipient().address().domain(),
                    message.envelope().origin().account(),
                    site);
            suspension
                    .map(one -> covered.computeIfAbsent(one, none -> new ArrayList<>()))
                    .orElse(free)
                    .add(delivery);
        }
        if (covered.isEmpty()) {
            return Optional.of(message);
        }
        covered.forEach((suspension, part) -> settle(message.withDeliveries(part), claimed, suspension, site));
        return free.isEmpty() ? Optional.empty() : Optional.of(message.withDeliveries(free));
    }

    private void settle(ClaimedMessage message, Instant claimed, Suspension suspension, String site) {
        Instant now = clock.instant();
        String why = suspension.reason().isEmpty() ? "" : ": " + suspension.reason();
        RemoteReply reply = RemoteReply.ownWords("", "suspend", STATUS, "delivery temporarily suspended" + why);
        List<Decided> decided = now.isBefore(message.envelope().expires())
                ? message.deliveries().stream()
                        .map(delivery -> decided(delivery, reply, suspension, site))
                        .toList()
                : policy.get().decide(message.envelope(), untried(message, reply), now);
        desk.settle(new Settling(message, decided, new Timing(claimed, now, now)));
    }

    private Decided decided(ClaimedDelivery delivery, RemoteReply reply, Suspension suspension, String site) {
        Duration behind = Duration.ofMillis(random.nextLong(suspension.spread().toMillis() + 1));
        Instant nextAt = suspension.ends().plus(behind);
        DeliveryResult result = new DeliveryResult.PutOff(delivery.lease(), reply, nextAt, site);
        return new Decided(delivery, result, Tell.NOTHING, ConnectionFacts.NONE);
    }

    private static List<Attempted> untried(ClaimedMessage message, RemoteReply reply) {
        DeliveryOutcome outcome = new DeliveryOutcome.Deferred(reply, Reason.OTHER);
        return message.deliveries().stream()
                .map(delivery -> new Attempted(delivery, outcome, ConnectionFacts.NONE))
                .toList();
    }
}
