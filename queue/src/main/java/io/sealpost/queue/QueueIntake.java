package io.sealpost.queue;

/** The way into the queue. Thread-safe: many submissions at once are committed together (group commit). */
public interface QueueIntake {
    /**
     * Stores the message with all its deliveries in one transaction and returns after the commit; only then may 250 be said.
     *
     * <p>A lost answer to COMMIT is resolved here by running the same inserts again.
     *
     * @throws io.sealpost.database.StoreUnavailable when it is not stored, or not known to be stored in time: say 451
     */
    EnqueueResult enqueue(NewMessage message);
}
