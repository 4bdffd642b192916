package io.sealpost.queue;

import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import java.util.Optional;

/**
 * Which waiting deliveries are meant; parts that are empty match all.
 *
 * @param message one message
 * @param recipientDomain the domain of the recipient
 * @param sender the reverse-path as given, {@code ""} for {@code <>}
 * @param state one state
 */
public record QueueFilter(
        Optional<QueueId> message,
        Optional<MailDomain> recipientDomain,
        Optional<String> sender,
        Optional<DeliveryState> state) {
    /** Everything that waits. */
    public static final QueueFilter ALL =
            new QueueFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** One message. */
    public static QueueFilter of(QueueId message) {
        return new QueueFilter(Optional.of(message), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
