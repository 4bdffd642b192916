package io.sealpost.queue;

import java.util.Objects;

/**
 * One delivery that this node holds under a lease.
 *
 * @param lease the right to work on it
 * @param recipient where it goes
 * @param progress what happened before
 */
public record ClaimedDelivery(Lease lease, Recipient recipient, DeliveryProgress progress) {
    /** Throws when a part is null. */
    public ClaimedDelivery {
        Objects.requireNonNull(lease, "lease is null");
        Objects.requireNonNull(recipient, "recipient is null");
        Objects.requireNonNull(progress, "progress is null");
    }
}
