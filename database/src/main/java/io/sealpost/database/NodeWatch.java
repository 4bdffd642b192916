package io.sealpost.database;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Judges which nodes are dead: those whose heartbeat stood still for a minute of this process's own monotonic clock, so that nobody's
 * wrong time kills anybody. Thread-safe.
 *
 * <p>{@link #observe} is called every few seconds. Where it was not called or failed for a while, the minute begins again for all:
 * while the database is away no heart can be seen to beat.
 */
public final class NodeWatch {
    private static final Duration STILL = Duration.ofSeconds(60);
    private static final Duration GAP = Duration.ofSeconds(15);

    private final Nodes nodes;
    private final LongSupplier ticker;
    private final Map<Integer, Sight> sights = new HashMap<>();
    private long observedAt;

    /** When the heartbeat was first seen to have this value. */
    private record Sight(String heartbeat, long since) {}

    /** Has seen nobody yet; {@code ticker} counts nanoseconds and never goes back, as {@link System#nanoTime}. */
    public NodeWatch(Nodes nodes, LongSupplier ticker) {
        this.nodes = nodes;
        this.ticker = ticker;
        this.observedAt = ticker.getAsLong();
    }

    /** Looks at every heartbeat once; throws {@link StoreUnavailable} when the database is away. */
    public void observe() {
        Map<Integer, String> heartbeats = nodes.heartbeats();
        synchronized (this) {
            long now = ticker.getAsLong();
            if (now - observedAt > GAP.toNanos()) {
                sights.clear();
            }
            observedAt = now;
            sights.keySet().retainAll(heartbeats.keySet());
            heartbeats.forEach((node, beat) -> sights.merge(
                    node,
                    new Sight(beat, now),
                    (before, fresh) -> before.heartbeat().equals(beat) ? before : fresh));
        }
    }

    /** The numbers of the nodes that are dead as of the last observation; their leases may be taken over. */
    public synchronized Set<Integer> deadNodes() {
        return numbers(Life.DEAD);
    }

    /** The numbers of the other nodes, oneself included: the buckets are shared out among them. */
    public synchronized Set<Integer> liveNodes() {
        return numbers(Life.ALIVE);
    }

    private enum Life {
        ALIVE,
        DEAD
    }

    private Set<Integer> numbers(Life wanted) {
        Set<Integer> numbers = new TreeSet<>();
        sights.forEach((node, sight) -> {
            Life life = observedAt - sight.since() >= STILL.toNanos() ? Life.DEAD : Life.ALIVE;
            if (life == wanted) {
                numbers.add(node);
            }
        });
        return numbers;
    }
}
