package io.sealpost.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a delivery is tried again: the waits of {@code [queue] retry}, the last one repeated, each ±10 % so that what failed
 * together does not come back together. Immutable; pure but for the randomness that is handed in.
 */
public final class RetrySchedule {
    private static final double SPREAD = 0.1;

    private final List<Duration> waits;

    /** Throws IllegalArgumentException when there is no wait, or one that is not positive. */
    public RetrySchedule(List<Duration> waits) {
        if (waits.isEmpty() || waits.stream().anyMatch(wait -> wait.isZero() || wait.isNegative())) {
            throw new IllegalArgumentException("a retry schedule needs at least one wait, each above zero");
        }
        this.waits = List.copyOf(waits);
    }

    /**
     * The time of the next attempt.
     *
     * @param attempts ended attempts, the one just failed included; at least 1
     * @param now the end of the last attempt
     */
    public Instant nextAttempt(int attempts, Instant now, RandomGenerator random) {
        Duration wait = waits.get(Math.min(attempts, waits.size()) - 1);
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return now.plusNanos((long) (wait.toNanos() * factor));
    }
}
