package io.sealpost.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * For a while nothing is tried that something covers: it waits, its attempts are not counted, and it goes on by itself at the end.
 *
 * @param what is suspended
 * @param since when it began
 * @param ends when it is over
 * @param actor who wanted it
 * @param reason in plain words; may be empty
 */
public record Suspension(Suspended what, Instant since, Instant ends, String actor, String reason) {
    /**
     * What it puts off is due within this time after its end. By that it is found again when the suspension is ended early, and
     * everything does not come back at once.
     */
    public static final Duration SPREAD = Duration.ofMinutes(10);

    /** Throws when a part is null. */
    public Suspension {
        Objects.requireNonNull(what, "what is null");
        Objects.requireNonNull(since, "since is null");
        Objects.requireNonNull(ends, "ends is null");
        Objects.requireNonNull(actor, "actor is null");
        Objects.requireNonNull(reason, "reason is null");
    }

    /** Whether it counts at this time. */
    public boolean counts(Instant now) {
        return now.isBefore(ends);
    }

    /** How far behind the end what it puts off is spread: a tenth of its time, at most {@link #SPREAD}. */
    public Duration spread() {
        Duration tenth = Duration.between(since, ends).dividedBy(10);
        return tenth.compareTo(SPREAD) < 0 ? tenth : SPREAD;
    }
}
