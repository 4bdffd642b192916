package io.sealpost.queue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Suspends deliveries for administrators. Each act is committed with its row in {@code audit} and in {@code change_feed}; every node
 * follows it within two seconds. Thread-safe; all methods throw {@link io.sealpost.database.StoreUnavailable} when the database is away.
 */
public interface QueueSuspensions {
    /** So many at a time. */
    int MOST = 1000;

    /** For so long at most: longer, and what waits would be older than mail may become. */
    Duration LONGEST = Duration.ofDays(5);

    /**
     * Suspends, or gives a suspension that there is another end and reason.
     *
     * @param time from now; above zero, at most {@link #LONGEST}
     * @return empty when there are {@link #MOST} already
     */
    Optional<Suspension> suspend(Suspended what, Duration time, Optional<String> reason);

    /**
     * Ends a suspension, and makes due what it put off.
     *
     * @return how many deliveries that were; empty when there is no such suspension
     */
    Optional<Integer> resume(Suspended what, Optional<String> reason);

    /** Those that count now, by name. */
    List<Suspension> list();

    /** How many deliveries a suspension has put off so far, counted up to {@link QueueInspection#MOST_COUNTED}. */
    long waiting(Suspension suspension);
}
