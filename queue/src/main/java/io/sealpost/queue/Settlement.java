package io.sealpost.queue;

import java.util.List;
import java.util.Optional;

/**
 * How an attempt ended for some deliveries of one message.
 *
 * @param message envelope of the message they belong to
 * @param results one a lease; at least one
 * @param notice a bounce or warning to store with them, built and signed; empty when none is due
 * @param journal rows for the journal, written in the same commit
 */
public record Settlement(
        MessageEnvelope message,
        List<DeliveryResult> results,
        Optional<NewMessage> notice,
        List<JournalEntry> journal) {
    /** Throws IllegalArgumentException without a result. */
    public Settlement {
        results = List.copyOf(results);
        journal = List.copyOf(journal);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("a settlement without a result");
        }
    }
}
