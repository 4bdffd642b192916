package io.sealpost.keys.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How external domains are watched.
 *
 * @param grace how long records may be gone before nothing is signed any more
 * @param tokens makes a token that was never used
 * @param random spreads the looks
 */
public record DelegationSettings(Duration grace, Supplier<String> tokens, RandomGenerator random) {
    private static final Duration PROVEN = Duration.ofHours(1);
    private static final Duration DOUBTFUL = Duration.ofMinutes(10);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration OLD = Duration.ofDays(1);
    private static final Duration FRESH_FOR = Duration.ofDays(1);
    private static final Duration OLD_AFTER = Duration.ofDays(7);
    private static final double SPREAD = 0.2;

    /** Throws when a part is null. */
    public DelegationSettings {
        Objects.requireNonNull(grace, "grace is null");
        Objects.requireNonNull(tokens, "tokens is null");
        Objects.requireNonNull(random, "random is null");
    }

    /** The next look at one that stands. */
    Instant afterStanding(Instant now) {
        return now.plus(spread(PROVEN));
    }

    /** The next look at one whose records are gone, or could not be asked for. */
    Instant afterDoubt(Instant now) {
        return now.plus(spread(DOUBTFUL));
    }

    /** The next look at a claim of this age: every five minutes for a day, every hour for a week, then once a day. */
    Instant afterClaim(Duration age, Instant now) {
        Duration pause = age.compareTo(FRESH_FOR) < 0 ? FRESH : age.compareTo(OLD_AFTER) < 0 ? PROVEN : OLD;
        return now.plus(spread(pause));
    }

    private Duration spread(Duration pause) {
        double factor = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
        return Duration.ofMillis((long) (pause.toMillis() * factor));
    }
}
