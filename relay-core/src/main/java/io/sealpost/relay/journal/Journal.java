package io.sealpost.relay.journal;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MessageEnvelope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the journal's rows, with names of fields as KumoMTA's log has them. Pure. */
public final class Journal {
    private Journal() {}

    /** A message was taken from a client. */
    public static JournalEntry reception(MessageEnvelope envelope, Reception reception) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sender", sender(envelope));
        fields.put(
                "recipients",
                reception.recipients().stream().map(Object::toString).toList());
        fields.put("size", reception.size());
        fields.put("login", reception.login());
        envelope.origin().credential().ifPresent(row -> fields.put("credential", row));
        fields.put("client", ForeignText.escape(reception.client()));
        reception.tls().ifPresent(tls -> fields.put("tls", tls));
        fields.put("message_id", ForeignText.escape(reception.messageId()));
        return new JournalEntry(envelope.received(), envelope.id(), JournalEntry.Kind.RECEPTION, fields);
    }

    /**
     * An attempt for one recipient ended, or a delivery was held.
     *
     * @param attempts ended attempts, this one included
     */
    public static JournalEntry attempt(MessageEnvelope envelope, AttemptLine line, int attempts, Instant at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sender", sender(envelope));
        fields.put("recipient", line.recipient().toString());
        fields.put("peer", ForeignText.escape(line.relay()));
        fields.put("response", response(line.result().reply()));
        fields.put("num_attempts", attempts);
        if (line.result() instanceof DeliveryResult.Deferred deferred) {
            fields.put("next_attempt", deferred.nextAt().toString());
        }
        if (line.result() instanceof DeliveryResult.PutOff putOff) {
            fields.put("next_attempt", putOff.nextAt().toString());
        }
        if (line.result() instanceof DeliveryResult.Held held) {
            fields.put("reason", ForeignText.escape(held.reason()));
        }
        return new JournalEntry(at, envelope.id(), kind(line.result()), fields);
    }

    /** A notice about a message was made: written to the story of both. */
    public static List<JournalEntry> notice(QueueId about, QueueId notice, EmailAddress to, Instant at) {
        Map<String, Object> there = new LinkedHashMap<>();
        there.put("notice", notice.toString());
        there.put("recipient", to.toString());
        Map<String, Object> here = new LinkedHashMap<>();
        here.put("about", about.toString());
        here.put("recipient", to.toString());
        return List.of(
                new JournalEntry(at, about, JournalEntry.Kind.NOTICE, there),
                new JournalEntry(at, notice, JournalEntry.Kind.NOTICE, here));
    }

    private static JournalEntry.Kind kind(DeliveryResult result) {
        if (result instanceof DeliveryResult.Ended ended) {
            return switch (ended.end()) {
                case DELIVERED -> JournalEntry.Kind.DELIVERY;
                case BOUNCED -> JournalEntry.Kind.BOUNCE;
                case EXPIRED -> JournalEntry.Kind.EXPIRATION;
                case CANCELLED -> JournalEntry.Kind.ADMIN;
            };
        }
        return result instanceof DeliveryResult.Held ? JournalEntry.Kind.HOLD : JournalEntry.Kind.TRANSIENT_FAILURE;
    }

    private static Map<String, Object> response(RemoteReply reply) {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("code", reply.code());
        response.put(
                "enhanced_code", reply.status().map(EnhancedStatus::toString).orElse(""));
        response.put("content", ForeignText.escape(reply.text()));
        response.put("command", ForeignText.escape(reply.command()));
        return response;
    }

    private static String sender(MessageEnvelope envelope) {
        return envelope.sender().map(EmailAddress::toString).orElse("");
    }
}
