package io.sealpost.queue;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.Objects;

/**
 * The right of one node to work on one delivery until a time; proved at settling by compare-and-set of the version.
 *
 * @param delivery the delivery's id
 * @param message the message it belongs to
 * @param version of the delivery's row when the lease was taken; renewing keeps it
 * @param until the end, by the database's clock
 */
public record Lease(DeliveryId delivery, QueueId message, long version, Instant until) {
    /** Throws when a part is null. */
    public Lease {
        Objects.requireNonNull(delivery, "delivery is null");
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(until, "until is null");
    }

    /** The same lease with a later end. */
    public Lease renewed(Instant end) {
        return new Lease(delivery, message, version, end);
    }
}
