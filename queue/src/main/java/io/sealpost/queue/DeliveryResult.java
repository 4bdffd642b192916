package io.sealpost.queue;

import io.sealpost.mail.RemoteReply;
import java.time.Instant;

/** How one delivery's attempt ended, as the queue has to write it. */
public sealed interface DeliveryResult {
    /** The lease under which the attempt was made. */
    Lease lease();

    /** The last word of the other side, or ours where there was none. */
    RemoteReply reply();

    /**
     * The delivery is over and leaves the hot tables.
     *
     * @param end how
     */
    record Ended(Lease lease, End end, RemoteReply reply) implements DeliveryResult {}

    /**
     * It waits for another attempt.
     *
     * @param nextAt when it is due again
     * @param noticesSent delay notices sent, this settlement's one included
     */
    record Deferred(Lease lease, RemoteReply reply, Instant nextAt, int noticesSent) implements DeliveryResult {}

    /**
     * It waits until somebody releases it: it cannot be signed now, say.
     *
     * @param reason in plain words
     */
    record Held(Lease lease, RemoteReply reply, String reason) implements DeliveryResult {}

    /**
     * It was not tried, since a suspension covers it: attempts and last reply stay as they are.
     *
     * @param reply our own words, for log and journal
     * @param nextAt when it is due
     * @param site the site that it goes to; {@code ""} where it was not asked for
     */
    record PutOff(Lease lease, RemoteReply reply, Instant nextAt, String site) implements DeliveryResult {}

    /** The ends of a delivery, in the field's words. */
    enum End {
        /** The next hop took responsibility. */
        DELIVERED,
        /** Permanently refused. */
        BOUNCED,
        /** Given up after its time. */
        EXPIRED,
        /** Dropped by an administrator. */
        CANCELLED
    }
}
