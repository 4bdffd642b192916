package io.sealpost.queue;

import io.sealpost.mail.RemoteReply;
import java.util.List;
import java.util.Optional;

/** Gives waiting mail up for administrators, with a notice to its senders; works while no node runs. Thread-safe. */
public interface QueueFailing {
    /**
     * Ends queued, deferred and held deliveries as bounced. A delivery and the notice of its end are one commit, so neither is without the
     * other, and what a node takes up meanwhile stays what it was. At most 100 deliveries are a transaction.
     *
     * @param reason for the notice, the journal and the audit; empty: nobody said
     * @return how many
     * @throws io.sealpost.database.StoreUnavailable when the database is away; what was ended before stays so, and another call goes on
     */
    int fail(QueueFilter filter, Optional<String> reason, FailureNotices notices);

    /** Makes the notices, built and signed, ready to be stored. */
    interface FailureNotices {
        /** The notice to the sender; empty where nobody is to be told. */
        Optional<Told> about(FailedMail mail);
    }

    /**
     * A message with those of its deliveries that are given up.
     *
     * @param envelope of the message
     * @param signedPrefix the fields in front
     * @param content the bytes behind it
     * @param deliveries at least one
     * @param reason why; empty: nobody said
     */
    record FailedMail(
            MessageEnvelope envelope,
            SignedPrefix signedPrefix,
            Content content,
            List<FailedDelivery> deliveries,
            Optional<String> reason) {
        /** Copies the list. */
        public FailedMail {
            deliveries = List.copyOf(deliveries);
        }
    }

    /**
     * A delivery that is given up.
     *
     * @param recipient to whom
     * @param lastReply the last word of the other side
     */
    record FailedDelivery(Recipient recipient, Optional<RemoteReply> lastReply) {}

    /**
     * A notice and what the stories of both messages say of it.
     *
     * @param notice to be stored
     * @param journal rows for the same commit
     */
    record Told(NewMessage notice, List<JournalEntry> journal) {
        /** Copies the list. */
        public Told {
            journal = List.copyOf(journal);
        }
    }
}
