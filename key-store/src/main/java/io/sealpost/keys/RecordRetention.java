package io.sealpost.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the record of a key that signs no more must stand: mail that it signed waits as long as the queue lets it, and some receivers
 * verify again days later, as when a mailbox is moved or a report is looked into.
 *
 * @param queueLife the longest that a message waits
 */
public record RecordRetention(Duration queueLife) {
    /** For receivers that verify late. */
    public static final Duration LATE_VERIFIERS = Duration.ofDays(7);

    /** Throws IllegalArgumentException for a life that is none. */
    public RecordRetention {
        if (queueLife.isNegative()) {
            throw new IllegalArgumentException("the queue's life is negative: " + queueLife);
        }
    }

    /** Where mail and notices wait for different times. */
    public static RecordRetention of(Duration mail, Duration notices) {
        return new RecordRetention(mail.compareTo(notices) > 0 ? mail : notices);
    }

    /** When the record may go, of a retiring key; empty for one of another state. */
    public Optional<Instant> until(DkimKey key) {
        return key.state() == KeyState.RETIRING
                ? Optional.of(key.stateSince().plus(queueLife).plus(LATE_VERIFIERS))
                : Optional.empty();
    }

    /** Whether the key is retiring and its time is not over. */
    public boolean holds(DkimKey key, Instant now) {
        return until(key).filter(now::isBefore).isPresent();
    }

    /** Whether the key is retiring and its time is over: it is to be retired, and then its record may go. */
    public boolean isOver(DkimKey key, Instant now) {
        return until(key).filter(until -> !now.isBefore(until)).isPresent();
    }
}
