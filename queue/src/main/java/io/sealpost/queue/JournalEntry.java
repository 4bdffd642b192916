package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.Map;

/**
 * One event of a message's story: reception, an attempt, an end (the journal's rows, read by {@code trace}).
 *
 * @param at when
 * @param message which message
 * @param kind what happened
 * @param fields names and values in a stable order, written as one JSON object; values are strings, numbers, booleans, lists, maps
 */
public record JournalEntry(Instant at, QueueId message, Kind kind, Map<String, Object> fields) {
    /** What can happen to a message. */
    public enum Kind {
        /** Accepted with 250. */
        RECEPTION,
        /** The next hop took it. */
        DELIVERY,
        /** An attempt failed for now. */
        TRANSIENT_FAILURE,
        /** Permanently refused. */
        BOUNCE,
        /** Given up after its time. */
        EXPIRATION,
        /** Put on hold, with the reason. */
        HOLD,
        /** An administrator acted: hold, release, retry, drop. */
        ADMIN,
        /** A notice was made. */
        NOTICE
    }
}
