package io.sealpost.queue;

import io.sealpost.mail.AddressMentions;
import java.util.function.LongConsumer;

/**
 * Forgets what the journal knows of an address. Thread-safe; throws {@link io.sealpost.database.StoreUnavailable} when the database is
 * away. Interrupted, it is finished by another call.
 */
public interface JournalErasure {
    /**
     * How many rows mention the address; reads the journal whole, a slice a statement.
     *
     * @param progress hears how many rows were looked at
     */
    long count(AddressMentions who, LongConsumer progress);

    /** Removes those rows, a slice a transaction; returns how many. */
    long erase(AddressMentions who, LongConsumer progress);
}
