package io.sealpost.queue;

import java.util.List;

/**
 * A waiting message as {@code queue show} and {@code queue raw} give it.
 *
 * @param envelope what holds for all recipients
 * @param signedPrefix the fields in front
 * @param content the bytes behind it
 * @param rows its waiting deliveries
 */
public record WaitingMessage(
        MessageEnvelope envelope, SignedPrefix signedPrefix, Content content, List<QueueRow> rows) {
    /** Copies the list. */
    public WaitingMessage {
        rows = List.copyOf(rows);
    }
}
