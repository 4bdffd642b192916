package io.sealpost.queue.jdbc;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Removes messages, with their content, once all their deliveries have ended.
 *
 * <p>Safe because deliveries are only ever inserted together with their message: none seen means none will come. Two nodes that end the
 * last two deliveries at the same time see each other's still, and both leave the message; {@code QueueMaintenance.sweepEnded} finds it.
 */
final class EndedMessages {
    private EndedMessages() {}

    /** Removes those of the candidates that have no delivery any more; returns how many. */
    static int remove(Handle handle, Collection<Long> candidates) {
        if (candidates.isEmpty()) {
            return 0;
        }
        Set<Long> open = SettleSql.stillOpen(handle, candidates);
        // One order everywhere: fewer deadlocks.
        List<Long> ended = candidates.stream()
                .filter(message -> !open.contains(message))
                .distinct()
                .sorted()
                .toList();
        if (ended.isEmpty()) {
            return 0;
        }
        SettleSql.removeContents(handle, ended);
        int removed = 0;
        for (int count : SettleSql.removeMessages(handle, ended)) {
            removed += CompareAndSet.took(count) ? 1 : 0;
        }
        return removed;
    }
}
