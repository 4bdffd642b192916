package io.sealpost.relay.intake;

import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.journal.Reception;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A message that may be sent, before it is signed and stored.
 *
 * @param signer the domain of From
 * @param trace our Received field
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives for one call.
record Draft(
        Submission submission,
        MailDomain signer,
        Content content,
        byte[] trace,
        String messageId,
        MessageEnvelope envelope) {
    static MessageEnvelope envelope(Submission submission, QueueId id, Instant now, Instant expires) {
        Origin origin = new Origin(
                submission.account().tenant(),
                OptionalLong.of(submission.account().account()),
                submission.account().credential().appPassword());
        return new MessageEnvelope(
                id, origin, submission.sender(), submission.options(), MessageKind.SUBMITTED, now, expires);
    }

    /** {@code helo[192.0.2.1]}. */
    static String clientOf(Submission submission) {
        // No name: EHLO's is the client's own word, and the DNS is not asked on the way of a message.
        return "unknown[" + submission.client().address().getHostAddress() + "]";
    }

    long tenant() {
        return envelope.origin().tenant();
    }

    Reception reception(SignedPrefix prefix) {
        return new Reception(
                clientOf(submission),
                submission.account().address().toString(),
                submission.client().tls(),
                messageId,
                prefix.bytes().length + content.size(),
                submission.recipients().stream().map(Recipient::address).toList());
    }
}
