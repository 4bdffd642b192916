package io.sealpost.queue;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of {@code queue list}.
 *
 * @param position where it stands in a listing
 * @param delivery its delivery
 * @param path from whom to whom
 * @param size of the whole message in bytes
 * @param received when it was accepted
 * @param status how it stands
 */
public record QueueRow(
        QueuePosition position, DeliveryId delivery, Path path, long size, Instant received, Status status) {
    /**
     * Whose mail it is, and where it goes.
     *
     * @param account the row of the account that submitted it; empty for a notice
     * @param sender the reverse-path; empty is {@code <>}
     * @param recipient the forward-path
     * @param site the set of MX hosts, where it is known
     */
    public record Path(
            OptionalLong account, Optional<EmailAddress> sender, EmailAddress recipient, Optional<String> site) {}

    /**
     * How a waiting delivery stands.
     *
     * @param holdReason why it is held; empty otherwise
     * @param nextAt when it is due
     */
    public record Status(DeliveryState state, Optional<String> holdReason, Instant nextAt, DeliveryProgress progress) {}

    /** Its message. */
    public QueueId message() {
        return position.message();
    }

    /** The reverse-path; empty is {@code <>}. */
    public Optional<EmailAddress> sender() {
        return path.sender();
    }

    /** The forward-path. */
    public EmailAddress recipient() {
        return path.recipient();
    }
}
