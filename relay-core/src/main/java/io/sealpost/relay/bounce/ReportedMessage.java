package io.sealpost.relay.bounce;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.SignedPrefix;
import java.util.Objects;

/**
 * The message that a report tells of.
 *
 * @param envelope of a submitted message with a sender
 * @param signedPrefix the fields in front
 * @param content the bytes behind it
 */
public record ReportedMessage(MessageEnvelope envelope, SignedPrefix signedPrefix, Content content) {
    /** Throws when a part is null. */
    public ReportedMessage {
        Objects.requireNonNull(envelope, "envelope is null");
        Objects.requireNonNull(signedPrefix, "signedPrefix is null");
        Objects.requireNonNull(content, "content is null");
    }

    /** One that a node works on. */
    public static ReportedMessage of(ClaimedMessage message) {
        return new ReportedMessage(message.envelope(), message.signedPrefix(), message.content());
    }
}
