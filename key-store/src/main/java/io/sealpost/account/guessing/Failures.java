package io.sealpost.account.guessing;

import java.time.Duration;

/**
 * What is remembered of an address, a network or a name.
 *
 * @param count failures
 * @param until nanoseconds of the ticker: before, nothing is tried
 */
record Failures(int count, long until) {
    static final Failures NONE = new Failures(0, Long.MIN_VALUE);

    Failures more(int free, GuessLimits limits, long now) {
        int next = count + 1;
        if (next < free) {
            return new Failures(next, Long.MIN_VALUE);
        }
        int doublings = Math.min(next - free, 20);
        long wait = Math.min(limits.longest().toNanos(), limits.first().toNanos() << doublings);
        return new Failures(next, now + wait);
    }

    Duration left(long now) {
        return until == Long.MIN_VALUE || until - now <= 0 ? Duration.ZERO : Duration.ofNanos(until - now);
    }
}
