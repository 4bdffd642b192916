package io.sealpost.relay.outbound;

import java.util.HashMap;
import java.util.Map;

/**
 * Bytes of messages held in memory for their first attempt. One owner gets eight ninths of them at most, and the less the more others
 * have: there is always room for one more. Thread-safe, without waiting.
 */
final class FreshBudget {
    // The objects around a message and a recipient, estimated generously.
    private static final long OVERHEAD = 2048;
    private static final long RECIPIENT = 1024;
    private static final long TIMES_THE_REST = 8;

    private final long limit;
    private final Map<Long, Long> owners = new HashMap<>();
    private long used;

    FreshBudget(long limit) {
        this.limit = limit;
    }

    /** The weight of a message, to be handed to the other methods. */
    static long weight(long bytes, int recipients) {
        return bytes + OVERHEAD + RECIPIENT * recipients;
    }

    /** Takes room, all or nothing: as long as the owner has not eight times as much as is left. */
    synchronized boolean tryTake(long owner, long weight) {
        long own = owners.getOrDefault(owner, 0L);
        long left = limit - used;
        if (weight > left || own > TIMES_THE_REST * left) {
            return false;
        }
        owners.put(owner, own + weight);
        used += weight;
        return true;
    }

    /** Gives room back. */
    synchronized void free(long owner, long weight) {
        used -= weight;
        owners.computeIfPresent(owner, (key, own) -> own > weight ? own - weight : null);
    }

    /** What is taken now. */
    synchronized long used() {
        return used;
    }
}
