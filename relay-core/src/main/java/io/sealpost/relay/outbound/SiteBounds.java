package io.sealpost.relay.outbound;

import java.time.Duration;
import java.util.Objects;

/**
 * What one site gets.
 *
 * @param attempts at a time at most; it begins with five
 * @param backoffMax the longest pause for one that cannot be reached ({@code [delivery] site_backoff_max})
 */
public record SiteBounds(int attempts, Duration backoffMax) {
    /** 20 attempts at a time, pauses of up to 15 minutes. */
    public static final SiteBounds USUAL = new SiteBounds(20, Duration.ofMinutes(15));

    /** Throws IllegalArgumentException without an attempt, or for a pause that is not positive. */
    public SiteBounds {
        Objects.requireNonNull(backoffMax, "backoffMax is null");
        if (attempts < 1 || backoffMax.isNegative() || backoffMax.isZero()) {
            throw new IllegalArgumentException("a site gets an attempt at least, and a pause above zero");
        }
    }
}
