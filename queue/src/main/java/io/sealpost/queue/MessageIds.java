package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.util.Optional;

/** Finds messages by what their senders know of them. Thread-safe. */
public interface MessageIds {
    /**
     * The last message that was taken with this Message-ID, with or without its angle brackets; empty when there is none among the latest
     * events. Throws {@link io.sealpost.database.StoreUnavailable} when the database is away.
     */
    Optional<QueueId> find(String messageId);
}
