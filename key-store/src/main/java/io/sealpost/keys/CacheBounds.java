package io.sealpost.keys;

import java.time.Duration;

/**
 * How much a cache holds, and for how long; the change feed keeps it true.
 *
 * @param entries at most; 1 or more
 * @param life after which an entry is read again in any case
 */
public record CacheBounds(int entries, Duration life) {
    /** 10,000 entries for 10 minutes. */
    public static final CacheBounds DEFAULT = new CacheBounds(10_000, Duration.ofMinutes(10));

    /** Throws IllegalArgumentException when a part is not positive. */
    public CacheBounds {
        if (entries < 1 || life.isZero() || life.isNegative()) {
            throw new IllegalArgumentException("a cache holds something for some time");
        }
    }
}
