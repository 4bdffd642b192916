package io.sealpost.relay.intake;

import io.sealpost.mail.DeliveryId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.EnqueueResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueIntake;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.intake.FreshMail.Place;
import io.sealpost.relay.journal.Journal;
import io.sealpost.relay.journal.MailLog;
import io.sealpost.relay.journal.Reception;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Stores a signed message and hands it to the outbound side, in memory where there is room. Thread-safe. */
final class MessageStore {
    private final QueueIntake queue;
    private final FreshMail fresh;
    private final LongSupplier ids;
    private final MailLog log;

    MessageStore(QueueIntake queue, FreshMail fresh, LongSupplier ids, MailLog log) {
        this.queue = queue;
        this.fresh = fresh;
        this.ids = ids;
        this.log = log;
    }

    /** Returns after the commit; {@code holdReason} present: on hold. */
    IntakeResult store(Draft draft, SignedPrefix prefix, Optional<String> holdReason) {
        Reception reception = draft.reception(prefix);
        boolean waits = holdReason.isPresent()
                || draft.content().size() > HeaderEdit.IN_MEMORY
                || draft.envelope().options().holdUntil().isPresent();
        Optional<Place> place = waits
                ? Optional.empty()
                : fresh.reserve(
                        draft.envelope().origin(),
                        reception.size(),
                        reception.recipients().size());
        NewDelivery.Start start = holdReason
                .<NewDelivery.Start>map(NewDelivery.Start.Held::new)
                .orElseGet(() -> place.isPresent() ? new NewDelivery.Start.Leased() : new NewDelivery.Start.Queued());
        NewMessage message = message(draft, prefix, start, reception);
        EnqueueResult result = enqueue(message, place);
        log.received(draft.envelope(), reception);
        place.ifPresent(room -> handOver(message, result, room));
        if (start instanceof NewDelivery.Start.Queued) {
            fresh.storedForClaim();
        }
        return new IntakeResult.Accepted(draft.envelope().id());
    }

    private EnqueueResult enqueue(NewMessage message, Optional<Place> place) {
        EnqueueResult result = null;
        try {
            result = queue.enqueue(message);
            return result;
        } finally {
            if (result == null) {
                place.ifPresent(Place::free);
            }
        }
    }

    private static void handOver(NewMessage message, EnqueueResult result, Place room) {
        if (result instanceof EnqueueResult.Stored stored && !stored.leases().isEmpty()) {
            room.take(claimed(message, stored.leases()));
        } else {
            room.free(); // An earlier, unheard call stored it: its leases run out and an ordinary claim takes it.
        }
    }

    private NewMessage message(Draft draft, SignedPrefix prefix, NewDelivery.Start start, Reception reception) {
        List<NewDelivery> deliveries = draft.submission().recipients().stream()
                .map(recipient -> new NewDelivery(new DeliveryId(ids.getAsLong()), recipient, start))
                .toList();
        return new NewMessage(
                draft.envelope(),
                prefix,
                draft.content(),
                deliveries,
                List.of(Journal.reception(draft.envelope(), reception)));
    }

    private static ClaimedMessage claimed(NewMessage message, List<Lease> leases) {
        Map<DeliveryId, Lease> byDelivery =
                leases.stream().collect(Collectors.toMap(Lease::delivery, Function.identity()));
        List<ClaimedDelivery> deliveries = message.deliveries().stream()
                .filter(delivery -> byDelivery.containsKey(delivery.id()))
                .map(delivery -> claimed(byDelivery.get(delivery.id()), delivery.recipient()))
                .toList();
        return new ClaimedMessage(message.envelope(), message.signedPrefix(), message.content(), deliveries);
    }

    private static ClaimedDelivery claimed(Lease lease, Recipient recipient) {
        return new ClaimedDelivery(lease, recipient, DeliveryProgress.FRESH);
    }
}
