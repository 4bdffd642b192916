package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.util.List;
import java.util.Optional;

/**
 * Shows and steers the queue for administrators. Thread-safe. All methods throw {@link io.sealpost.database.StoreUnavailable} when the
 * database is away.
 *
 * <p>What a node works on now ({@link DeliveryState#ACTIVE}) cannot be taken from it: its mail may be on the wire. A hold is noted and
 * takes effect when the attempt ends without a delivery; retry and drop pass such deliveries over. Reasons are for journal and audit. Every act writes a row of kind ADMIN
 * to the journal of each message, one to the audit trail and one to the change feed, in the same transaction; of more than 500 deliveries each 500 are a
 * transaction of their own.
 */
public interface QueueInspection {
    /** Where {@link #count} stops. */
    int MOST_COUNTED = 100_000;

    /**
     * Waiting deliveries, oldest message first. A page costs the same wherever it begins.
     *
     * @param after the last row of the page before; empty begins at the front
     * @param limit rows at most
     */
    List<QueueRow> list(QueueFilter filter, Optional<QueuePosition> after, int limit);

    /** The first page of them. */
    default List<QueueRow> list(QueueFilter filter, int limit) {
        return list(filter, Optional.empty(), limit);
    }

    /** How many deliveries match, counted up to {@link #MOST_COUNTED}. */
    long count(QueueFilter filter);

    /** A waiting message whole; empty when none of its deliveries waits. */
    Optional<WaitingMessage> show(QueueId message);

    /** Puts matching deliveries on hold, active ones as soon as their attempt has ended; returns how many, those included. */
    int hold(QueueFilter filter, String reason);

    /** Lets held deliveries go, each when it would have been due without the hold; returns how many. Takes back noted holds, too. */
    int release(QueueFilter filter, Optional<String> reason);

    /** The same without a reason. */
    default int release(QueueFilter filter) {
        return release(filter, Optional.empty());
    }

    /**
     * Makes queued and deferred deliveries due in two seconds, when the nodes have heard of it and ended the pauses of sites; returns
     * how many. Held ones stay held.
     */
    int retry(QueueFilter filter, Optional<String> reason);

    /** The same without a reason. */
    default int retry(QueueFilter filter) {
        return retry(filter, Optional.empty());
    }

    /** Ends queued, deferred and held deliveries without a notice; returns how many. */
    int drop(QueueFilter filter, Optional<String> reason);

    /** The same without a reason. */
    default int drop(QueueFilter filter) {
        return drop(filter, Optional.empty());
    }

    /** The journal of a message in order of time, ended ones too; empty when nothing is known of it. */
    List<JournalEntry> trace(QueueId message);

    /** The story of a message from its beginning and on. */
    JournalTail follow(QueueId message);

    /** What happens to any message from now on. */
    JournalTail followAll();
}
