package io.sealpost.queue;

import java.util.List;

/** How {@link QueueClaims#settle} ended. */
public sealed interface SettleResult {
    /** All of it is written. */
    record Settled() implements SettleResult {}

    /**
     * Nothing is written, since these leases were no longer held; settle the others again, with a new notice.
     *
     * @param lost at least one
     */
    record LeaseLost(List<Lease> lost) implements SettleResult {
        /** Copies the list. */
        public LeaseLost {
            lost = List.copyOf(lost);
        }
    }
}
