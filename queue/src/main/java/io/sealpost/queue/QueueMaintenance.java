package io.sealpost.queue;

import java.time.Duration;

/**
 * Keeps the queue's tables small and its leases in somebody's hands; called now and then by one thread of a node. Any number of nodes may
 * do so at once. Each call is one short slice; all throw {@link io.sealpost.database.StoreUnavailable} when the database is away.
 */
public interface QueueMaintenance {
    /**
     * Makes leases of any node due again that ended at least this long ago, at most a thousand: for those that their node neither renews
     * nor settles, though it lives. After an outage of the database write kept results and renew first.
     *
     * @return how many; call again while it is a thousand
     */
    int freeExpired(Duration grace);

    /**
     * Removes messages and content whose deliveries have all ended but that no settlement could remove, walking the messages a thousand
     * at a time; goes on where the last call stopped, and begins again at the end.
     *
     * @return how many were removed
     */
    int sweepEnded();

    /**
     * Removes journal rows older than this, at most a thousand.
     *
     * @return how many; call again while it is a thousand
     */
    int pruneJournal(Duration olderThan);
}
