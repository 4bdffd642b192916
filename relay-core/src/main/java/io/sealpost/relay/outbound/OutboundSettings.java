package io.sealpost.relay.outbound;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What an operator may set about delivering.
 *
 * @param retry when a deferred delivery is tried again
 * @param delayNotices ages at which the sender is told that it is still tried, ascending; default 4 h, 48 h
 * @param leaseTime how long the queue leases for, as its own settings say
 * @param freshBudget bytes of messages that wait in memory for their first attempt; default 64M
 * @param workers attempts under way at most
 * @param attemptsPerSite of them to one site at most; default 20
 * @param pollInterval how often due deliveries are looked for when nothing else wakes the claiming thread; default 1 s
 */
public record OutboundSettings(
        RetrySchedule retry,
        List<Duration> delayNotices,
        Duration leaseTime,
        DataSize freshBudget,
        int workers,
        int attemptsPerSite,
        Duration pollInterval) {
    /** Throws IllegalArgumentException for no worker, or a time that is not positive. */
    public OutboundSettings {
        Objects.requireNonNull(retry, "retry is null");
        delayNotices = delayNotices.stream().sorted().toList();
        if (workers < 1 || attemptsPerSite < 1) {
            throw new IllegalArgumentException("at least one worker, and one for a site");
        }
        if (leaseTime.isNegative() || leaseTime.isZero() || pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("lease time and poll interval are above zero");
        }
    }
}
