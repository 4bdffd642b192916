package io.sealpost.database;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges which nodes are dead: those whose heartbeat stood still for so long (a minute, say) by this process's own monotonic clock, so
 * that nobody's wrong time kills anybody. Thread-safe.
 *
 * <p>{@link #observe} is called each {@link #interval}. Where it was not called or failed for a quarter of the time, the time begins
 * again for all: while the database is away no heart can be seen to beat.
 */
public final class NodeWatch {
    private static final int BEATS = 20;
    private static final int QUIET_BEATS = 4;

    private final Nodes nodes;
    private final Duration deadAfter;
    private final LongSupplier ticker;
    private final Map<Integer, Sight> sights = new HashMap<>();
    private long observedAt;

    /** When the heartbeat was first seen to have this value, and when the node was first seen at all. */
    private record Sight(String heartbeat, long since, long first) {
        /** A number that never beats belongs to a command, which holds it for its ids only. */
        boolean hasBeaten() {
            return since != first;
        }
    }

    /**
     * Has seen nobody yet.
     *
     * @param deadAfter how long a heart must stand still; the same on all nodes
     * @param ticker counts nanoseconds and never goes back, as {@link System#nanoTime}
     */
    public NodeWatch(Nodes nodes, Duration deadAfter, LongSupplier ticker) {
        this.nodes = nodes;
        this.deadAfter = deadAfter;
        this.ticker = ticker;
        this.observedAt = ticker.getAsLong();
    }

    /** How often a heart beats and is looked at: twenty times in the time after which it counts as dead. */
    public Duration interval() {
        return deadAfter.dividedBy(BEATS);
    }

    /** Looks at every heartbeat once; throws {@link StoreUnavailable} when the database is away. */
    public void observe() {
        Map<Integer, String> heartbeats = nodes.heartbeats();
        synchronized (this) {
            long now = ticker.getAsLong();
            if (now - observedAt > deadAfter.dividedBy(4).toNanos()) {
                sights.clear();
            }
            observedAt = now;
            sights.keySet().retainAll(heartbeats.keySet());
            heartbeats.forEach((node, beat) -> sights.merge(
                    node,
                    new Sight(beat, now, now),
                    (before, fresh) ->
                            before.heartbeat().equals(beat) ? before : new Sight(beat, now, before.first())));
        }
    }

    /** The numbers of the nodes that are dead as of the last observation; their leases may be taken over. */
    public synchronized Set<Integer> deadNodes() {
        return numbers(sight -> stillFor(sight) >= deadAfter.toNanos());
    }

    /**
     * The numbers of the nodes that were seen to beat of late, oneself included: the buckets are shared out among them. One that ended or
     * was killed loses its share after four missed beats, long before its leases are taken.
     */
    public synchronized Set<Integer> liveNodes() {
        return numbers(sight -> sight.hasBeaten()
                && stillFor(sight) < interval().multipliedBy(QUIET_BEATS).toNanos());
    }

    private long stillFor(Sight sight) {
        return observedAt - sight.since();
    }

    private Set<Integer> numbers(Predicate<Sight> wanted) {
        return sights.entrySet().stream()
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
