package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.util.List;
import java.util.Optional;

/**
 * Shows and steers the queue for administrators. Thread-safe. All methods throw {@link io.sealpost.database.StoreUnavailable} when the
 * database is away.
 *
 * <p>What a node works on now ({@link DeliveryState#ACTIVE}) cannot be taken from it: its mail may be on the wire. A hold is noted and
 * takes effect when the attempt ends without a delivery; retry and drop pass such deliveries over. Every act writes a row of kind ADMIN
 * to the journal of each message and one to the change feed, in the same transaction; of more than 500 deliveries each 500 are a
 * transaction of their own.
 */
public interface QueueInspection {
    /**
     * Waiting deliveries, oldest message first.
     *
     * @param limit rows at most
     */
    List<QueueRow> list(QueueFilter filter, int limit);

    /** How many deliveries match. */
    long count(QueueFilter filter);

    /** A waiting message whole; empty when none of its deliveries waits. */
    Optional<WaitingMessage> show(QueueId message);

    /** Puts matching deliveries on hold, active ones as soon as their attempt has ended; returns how many, those included. */
    int hold(QueueFilter filter, String reason);

    /** Lets held deliveries go, each when it would have been due without the hold; returns how many. Takes back noted holds, too. */
    int release(QueueFilter filter);

    /** Makes queued and deferred deliveries due now; returns how many. Held ones stay held. */
    int retry(QueueFilter filter);

    /** Ends queued, deferred and held deliveries without a notice; returns how many. */
    int drop(QueueFilter filter);

    /** The journal of a message in order of time, ended ones too; empty when nothing is known of it. */
    List<JournalEntry> trace(QueueId message);

    /** The story of a message from its beginning and on. */
    JournalTail follow(QueueId message);

    /** What happens to any message from now on. */
    JournalTail followAll();
}
