package io.sealpost.database;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives ids in order of time: 41 bits of milliseconds since 2020, 10 of node, 12 of counter. Unique among all nodes as long as each
 * number belongs to one of them. Thread-safe and free of locks.
 *
 * <p>More than 4,096 ids in one millisecond, or a clock that stepped back, make it wait until the clock has caught up.
 */
public final class TimeOrderedIds {
    /** The highest number of a node. */
    public static final int MAX_NODE = 1023;

    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int COUNTER_BITS = 12;
    private static final int NODE_BITS = 10;
    private static final long PAUSE_NANOS = 50_000;

    private final Clock clock;
    private final long node;
    /** The latest id without its node: milliseconds and counter. */
    private final AtomicLong latest = new AtomicLong();

    /** Ids of node 0 to 1023; throws IllegalArgumentException for any other. */
    public TimeOrderedIds(Clock clock, int node) {
        if (node < 0 || node > MAX_NODE) {
            throw new IllegalArgumentException("a node's number is 0 to " + MAX_NODE + ": " + node);
        }
        this.clock = clock;
        this.node = node;
    }

    /** The lowest id that can be given at this time or later; below zero for a time before 2020. */
    public static long lowestAt(Instant time) {
        return (time.toEpochMilli() - EPOCH) << (NODE_BITS + COUNTER_BITS);
    }

    /** The next id, positive and greater than every one given before. */
    public long next() {
        while (true) {
            long before = latest.get();
            long now = (clock.millis() - EPOCH) << COUNTER_BITS;
            long next = Math.max(now, before + 1);
            boolean inThisMillisecond = next >> COUNTER_BITS == now >> COUNTER_BITS;
            if (!inThisMillisecond) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else if (latest.compareAndSet(before, next)) {
                long counter = next & ((1L << COUNTER_BITS) - 1);
                return (next >> COUNTER_BITS) << (NODE_BITS + COUNTER_BITS) | node << COUNTER_BITS | counter;
            }
        }
    }
}
