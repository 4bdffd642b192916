package io.sealpost.queue;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of {@code queue list}.
 *
 * @param message its message
 * @param delivery its delivery
 * @param sender the reverse-path; empty is {@code <>}
 * @param recipient the forward-path
 * @param size of the whole message in bytes
 * @param received when it was accepted
 * @param status how it stands
 */
public record QueueRow(
        QueueId message,
        DeliveryId delivery,
        Optional<EmailAddress> sender,
        EmailAddress recipient,
        long size,
        Instant received,
        Status status) {
    /**
     * How a waiting delivery stands.
     *
     * @param holdReason why it is held; empty otherwise
     * @param nextAt when it is due
     */
    public record Status(DeliveryState state, Optional<String> holdReason, Instant nextAt, DeliveryProgress progress) {}
}
