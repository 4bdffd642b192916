package io.sealpost.relay.outbound;

import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryResult.End;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.RetrySchedule;
import io.sealpost.relay.bounce.ToldSenders;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.outbound.Decided.Tell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** What follows from an attempt: an end, another attempt, a word to the sender. Pure but for the randomness handed in. */
final class SettlementPolicy {
    private final RetrySchedule retry;
    private final List<Duration> delayNotices;
    private final RandomGenerator random;

    /** {@code delayNotices}: ages at which the sender is told, ascending. */
    SettlementPolicy(RetrySchedule retry, List<Duration> delayNotices, RandomGenerator random) {
        this.retry = retry;
        this.delayNotices = List.copyOf(delayNotices);
        this.random = random;
    }

    /** One decision a delivery, in order. */
    List<Decided> decide(MessageEnvelope message, List<Attempted> attempted, Instant now) {
        return attempted.stream().map(one -> decide(message, one, now)).toList();
    }

    private Decided decide(MessageEnvelope message, Attempted attempted, Instant now) {
        DeliveryOutcome outcome = attempted.outcome();
        if (outcome instanceof DeliveryOutcome.Delivered) {
            return ended(attempted, End.DELIVERED, Tell.NOTHING);
        }
        Tell failed = wants(message, attempted, "FAILURE") ? Tell.FAILED : Tell.NOTHING;
        if (outcome instanceof DeliveryOutcome.Bounced) {
            return ended(attempted, End.BOUNCED, failed);
        }
        if (!now.isBefore(message.expires())) {
            return ended(attempted, End.EXPIRED, failed);
        }
        return deferred(message, attempted, now);
    }

    private static Decided ended(Attempted attempted, End end, Tell tell) {
        DeliveryResult result = new DeliveryResult.Ended(
                attempted.delivery().lease(), end, attempted.outcome().reply());
        return new Decided(attempted.delivery(), result, tell, attempted.connection());
    }

    /** The last attempt is made when the message expires, not before. */
    private Decided deferred(MessageEnvelope message, Attempted attempted, Instant now) {
        int attempts = attempted.delivery().progress().attempts() + 1;
        Instant scheduled = retry.nextAttempt(attempts, now, random);
        Instant next = scheduled.isAfter(message.expires()) ? message.expires() : scheduled;
        Duration age = Duration.between(message.received(), now);
        int due = (int)
                delayNotices.stream().filter(after -> after.compareTo(age) <= 0).count();
        int sent = attempted.delivery().progress().noticesSent();
        boolean tell = due > sent && wants(message, attempted, "DELAY");
        DeliveryResult result = new DeliveryResult.Deferred(
                attempted.delivery().lease(), attempted.outcome().reply(), next, tell ? due : sent);
        return new Decided(attempted.delivery(), result, tell ? Tell.DELAYED : Tell.NOTHING, attempted.connection());
    }

    private static boolean wants(MessageEnvelope message, Attempted attempted, String event) {
        return ToldSenders.wants(message, attempted.delivery().recipient(), event);
    }
}
