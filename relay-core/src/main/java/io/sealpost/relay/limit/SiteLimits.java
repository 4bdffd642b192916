package io.sealpost.relay.limit;

import java.time.Duration;

/**
 * Bounds for each site.
 *
 * @param start attempts at once to a site that nothing is known of
 * @param most attempts at once however well it goes
 * @param firstBackoff how long a site is left alone after a first failure; doubled by each further one
 * @param longestBackoff how long at most ({@code [delivery] site_backoff_max})
 */
public record SiteLimits(int start, int most, Duration firstBackoff, Duration longestBackoff) {
    /** 5 at the start, 20 at most, 30 s doubled up to 15 min. */
    public static final SiteLimits STANDARD = new SiteLimits(5, 20, Duration.ofSeconds(30), Duration.ofMinutes(15));

    /** Throws IllegalArgumentException for bounds that contradict each other. */
    public SiteLimits {
        if (start < 1 || most < start) {
            throw new IllegalArgumentException("a site starts with at least one attempt and at most its limit");
        }
        if (firstBackoff.isNegative() || firstBackoff.isZero() || longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("a site's back-off is positive and at most its longest");
        }
    }
}
