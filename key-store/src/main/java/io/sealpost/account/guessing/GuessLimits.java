package io.sealpost.account.guessing;

import java.time.Duration;

/**
 * From how many failures on there is a wait, and how long.
 *
 * @param ofAddress free failures of one address
 * @param ofNetwork of one /24 or /64
 * @param ofName of one name, existing or not
 * @param first the first wait; each failure behind it doubles it
 * @param longest the longest
 * @param forgotten failures are forgotten this long after the last one
 * @param entries addresses, networks and names remembered
 */
public record GuessLimits(
        int ofAddress, int ofNetwork, int ofName, Duration first, Duration longest, Duration forgotten, int entries) {
    /** 10 of an address or a name, 40 of a network; 30 s, doubled up to an hour; forgotten after a day; 100,000. */
    public static final GuessLimits DEFAULTS =
            new GuessLimits(10, 40, 10, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(1), 100_000);
}
