package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.util.List;
import java.util.Optional;

/** Shows and steers the queue for administrators. Thread-safe. */
public interface QueueInspection {
    /**
     * Waiting deliveries, oldest message first.
     *
     * @param limit rows at most
     */
    List<QueueRow> list(QueueFilter filter, int limit);

    /** A waiting message whole; empty when none of its deliveries waits. */
    Optional<WaitingMessage> show(QueueId message);

    /** Puts matching deliveries on hold; returns how many. */
    int hold(QueueFilter filter, String reason);

    /** Lets held deliveries go; returns how many. */
    int release(QueueFilter filter);

    /** Makes waiting deliveries due now; returns how many. */
    int retry(QueueFilter filter);

    /** Ends waiting deliveries without a notice; returns how many. */
    int drop(QueueFilter filter);

    /** The journal of a message in order of time, ended ones too; empty when nothing is known of it. */
    List<JournalEntry> trace(QueueId message);
}
