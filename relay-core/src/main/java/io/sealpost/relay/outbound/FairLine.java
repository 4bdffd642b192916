package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Origin;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Work that waits, of many owners. They take turns, each with its oldest; a priority above 0 goes first and one below 0 last, but every
 * fourth turn begins with ordinary mail and every sixteenth with the last, so that nothing waits for ever. Not thread-safe.
 *
 * @param <T> what waits
 */
final class FairLine<T> {
    private final List<Ring<T>> rings = List.of(new Ring<>(), new Ring<>(), new Ring<>());
    private int turns;
    private int size;

    /** Who takes turns with others: the account; for notices of our own the tenant, below 0. */
    static long owner(Origin origin) {
        return origin.account().orElse(-origin.tenant());
    }

    /** Puts a thing that is about a message behind its owner's others. */
    void add(ClaimedMessage about, T thing) {
        int priority = about.envelope().options().priority();
        rings.get(1 - Integer.signum(priority)).add(owner(about.envelope().origin()), thing);
        size++;
    }

    /** The next whose owner may have a turn; empty when there is none. */
    Optional<T> poll(LongPredicate mayHaveTurn) {
        if (size == 0) {
            return Optional.empty();
        }
        turns++;
        int first = turns % 16 == 0 ? 2 : turns % 4 == 0 ? 1 : 0;
        for (int i = 0; i < rings.size(); i++) {
            Optional<T> next = rings.get((first + i) % rings.size()).poll(mayHaveTurn);
            if (next.isPresent()) {
                size--;
                return next;
            }
        }
        return Optional.empty();
    }

    /** Takes everything out. */
    List<T> drain() {
        List<T> all = new ArrayList<>();
        rings.forEach(ring -> ring.drainTo(all));
        size = 0;
        return all;
    }

    int size() {
        return size;
    }

    /** The owners of one class of priority, in the order of their turns. */
    private static final class Ring<T> {
        private final Map<Long, Deque<T>> owners = new LinkedHashMap<>();

        void add(long owner, T thing) {
            owners.computeIfAbsent(owner, key -> new ArrayDeque<>()).addLast(thing);
        }

        Optional<T> poll(LongPredicate mayHaveTurn) {
            for (Iterator<Map.Entry<Long, Deque<T>>> all = owners.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Long, Deque<T>> entry = all.next();
                long owner = entry.getKey();
                if (mayHaveTurn.test(owner)) {
                    Deque<T> line = entry.getValue();
                    all.remove();
                    T next = line.removeFirst();
                    if (!line.isEmpty()) {
                        owners.put(owner, line); // Behind the others.
                    }
                    return Optional.of(next);
                }
            }
            return Optional.empty();
        }

        void drainTo(List<T> all) {
            owners.values().forEach(all::addAll);
            owners.clear();
        }
    }
}
