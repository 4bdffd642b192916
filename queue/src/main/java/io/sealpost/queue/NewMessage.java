package io.sealpost.queue;

import java.util.List;

/**
 * A message to store: its envelope, its bytes, its deliveries.
 *
 * @param envelope what holds for the whole message
 * @param signedPrefix our Received field and the DKIM fields in front of it, with the keys that made them
 * @param content the client's bytes that follow the prefix
 * @param deliveries one a recipient, in the order given; at least one
 * @param journal rows for the journal, written in the same commit: its reception, say
 */
public record NewMessage(
        MessageEnvelope envelope,
        SignedPrefix signedPrefix,
        Content content,
        List<NewDelivery> deliveries,
        List<JournalEntry> journal) {
    /** Throws IllegalArgumentException without a delivery. */
    public NewMessage {
        deliveries = List.copyOf(deliveries);
        journal = List.copyOf(journal);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("a message without a recipient");
        }
    }
}
