package io.sealpost.queue;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How the queue stands as a whole; costs the same however much waits. Thread-safe. */
public interface QueueOverview {
    /**
     * Looks once; throws {@link io.sealpost.database.StoreUnavailable} when the database is away.
     *
     * @param most the highest number that is counted
     */
    Standing look(int most);

    /**
     * What a look gave.
     *
     * @param waiting deliveries that are queued, under way or deferred, counted up to the bound
     * @param held deliveries on hold, counted up to the bound
     * @param oldest when the oldest message of them all was accepted; empty when nothing waits
     * @param mostOverdue when the one that waits longest for its turn was due; in the future, or empty, when nothing is overdue
     */
    record Standing(int waiting, int held, Optional<Instant> oldest, Optional<Instant> mostOverdue) {
        /** Throws when a part is null. */
        public Standing {
            Objects.requireNonNull(oldest, "oldest is null");
            Objects.requireNonNull(mostOverdue, "mostOverdue is null");
        }
    }
}
