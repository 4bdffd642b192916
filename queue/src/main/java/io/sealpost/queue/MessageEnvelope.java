package io.sealpost.queue;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for a message and all its recipients.
 *
 * @param id made by this node before the message is stored
 * @param origin who submitted it
 * @param sender the reverse-path; empty is {@code <>}
 * @param options what the client asked for in MAIL
 * @param kind submitted mail or a notice of our own
 * @param received when end of data was read
 * @param expires when what is still waiting is given up
 */
public record MessageEnvelope(
        QueueId id,
        Origin origin,
        Optional<EmailAddress> sender,
        MailOptions options,
        MessageKind kind,
        Instant received,
        Instant expires) {
    /** Throws when a part is null. */
    public MessageEnvelope {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(origin, "origin is null");
        Objects.requireNonNull(sender, "sender is null");
        Objects.requireNonNull(options, "options is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(received, "received is null");
        Objects.requireNonNull(expires, "expires is null");
    }
}
