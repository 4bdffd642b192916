package io.sealpost.queue.jdbc;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Settlement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes settlements as delivery would. */
final class Results {
    static final RemoteReply OK = new RemoteReply(
            "mx.example[192.0.2.1]:25", "end of data", 250, Optional.of(EnhancedStatus.of("2.0.0")), "ok");
    static final RemoteReply LATER =
            new RemoteReply("mx.example[192.0.2.1]:25", "RCPT", 450, Optional.empty(), "later");
    static final RemoteReply NO_USER = new RemoteReply(
            "mx.example[192.0.2.1]:25", "RCPT", 550, Optional.of(EnhancedStatus.of("5.1.1")), "No such user");

    private Results() {}

    static List<Lease> leases(ClaimedMessage message) {
        return message.deliveries().stream().map(ClaimedDelivery::lease).toList();
    }

    static Settlement settlement(ClaimedMessage message, Function<Lease, DeliveryResult> result) {
        return settlement(message, leases(message).stream().map(result).toList(), Optional.empty());
    }

    static Settlement settlement(ClaimedMessage message, List<DeliveryResult> results, Optional<NewMessage> notice) {
        JournalEntry entry = new JournalEntry(
                message.envelope().received(),
                message.envelope().id(),
                JournalEntry.Kind.DELIVERY,
                Map.of("attempts", results.size()));
        return new Settlement(message.envelope(), results, notice, List.of(entry));
    }

    static DeliveryResult delivered(Lease lease) {
        return new DeliveryResult.Ended(lease, DeliveryResult.End.DELIVERED, OK);
    }

    static DeliveryResult bounced(Lease lease) {
        return new DeliveryResult.Ended(lease, DeliveryResult.End.BOUNCED, NO_USER);
    }

    static Function<Lease, DeliveryResult> deferred(Instant nextAt) {
        return lease -> new DeliveryResult.Deferred(lease, LATER, nextAt, 1);
    }

    static DeliveryResult held(Lease lease) {
        return new DeliveryResult.Held(lease, LATER, "its key is retired");
    }
}
