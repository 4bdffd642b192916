package io.sealpost.queue.jdbc;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Writes new messages, inside the transaction of an intake or of a settlement. Thread-safe. */
final class MessageWriter {
    private final Clock clock;
    private final TimeOrderedIds ids;
    private final QueueSettings settings;

    MessageWriter(Clock clock, TimeOrderedIds ids, QueueSettings settings) {
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
    }

    /** A message with the ids and the lease that its rows get, made before the transaction so that a second run writes the same. */
    record Planned(NewMessage message, List<Long> journalIds, LeaseTerms lease) {
        /** The leases that its rows carry once they are committed. */
        List<Lease> leases() {
            return message.deliveries().stream()
                    .filter(delivery -> delivery.start() instanceof Start.Leased)
                    .map(NewDelivery::id)
                    .map(id -> new Lease(id, message.envelope().id(), 1, lease.until()))
                    .toList();
        }

        /** Whether these very rows were committed: nobody else has their ids. */
        boolean isInJournal(Handle handle) {
            return JournalSql.contains(handle, message.journal(), journalIds);
        }
    }

    Planned plan(NewMessage message) {
        LeaseTerms lease = new LeaseTerms(
                settings.node(),
                ids.next(),
                clock.instant().plus(settings.lease()).truncatedTo(ChronoUnit.MICROS));
        return new Planned(message, journalIds(message.journal()), lease);
    }

    List<Long> journalIds(List<JournalEntry> entries) {
        return Stream.generate(ids::next).limit(entries.size()).toList();
    }

    void write(Handle handle, List<Planned> planned) {
        List<NewMessage> messages = planned.stream().map(Planned::message).toList();
        IntakeSql.insertMessages(handle, messages);
        IntakeSql.insertContents(handle, messages);
        IntakeSql.insertDeliveries(handle, planned);
        JournalSql.insert(
                handle,
                messages.stream().flatMap(message -> message.journal().stream()).toList(),
                planned.stream().flatMap(one -> one.journalIds().stream()).toList());
    }
}
