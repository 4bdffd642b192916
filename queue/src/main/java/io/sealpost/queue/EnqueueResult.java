package io.sealpost.queue;

import java.util.List;

/** How {@link QueueIntake#enqueue} ended; in both cases the message is durable. */
public sealed interface EnqueueResult {
    /**
     * Stored by this call.
     *
     * @param leases of the deliveries that were inserted already leased to this node, for the first attempt from memory; empty
     *     when the message was held or left for an ordinary claim
     */
    record Stored(List<Lease> leases) implements EnqueueResult {
        /** Copies the list. */
        public Stored {
            leases = List.copyOf(leases);
        }
    }

    /** An earlier call with the same ids had stored it (its answer was lost); its leases are known to nobody and will run out. */
    record AlreadyStored() implements EnqueueResult {}
}
