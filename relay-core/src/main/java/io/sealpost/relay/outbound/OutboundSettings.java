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
 * @param site what one site gets
 * @param pollInterval how often due deliveries are looked for when nothing else wakes the claiming thread; default 1 s
 */
public record OutboundSettings(
        RetrySchedule retry,
        List<Duration> delayNotices,
        Duration leaseTime,
        DataSize freshBudget,
        int workers,
        SiteBounds site,
        Duration pollInterval) {
    /** Throws IllegalArgumentException for no worker, or a time that is not positive. */
    public OutboundSettings {
        Objects.requireNonNull(retry, "retry is null");
        delayNotices = delayNotices.stream().sorted().toList();
        Objects.requireNonNull(site, "site is null");
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker");
        }
        if (leaseTime.isNegative() || leaseTime.isZero() || pollInterval.isNegative() || pollInterval.isZero()) {
            throw new IllegalArgumentException("lease time and poll interval are above zero");
        }
    }
}
