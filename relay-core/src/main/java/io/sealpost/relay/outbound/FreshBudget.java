package io.sealpost.relay.outbound;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of messages held in memory for their first attempt. Thread-safe, without waiting. */
final class FreshBudget {
    // The objects around a message and a recipient, estimated generously.
    private static final long OVERHEAD = 2048;
    private static final long RECIPIENT = 1024;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    FreshBudget(long limit) {
        this.limit = limit;
    }

    /** The weight of a message, to be handed to the other methods. */
    static long weight(long bytes, int recipients) {
        return bytes + OVERHEAD + RECIPIENT * recipients;
    }

    /** Takes room, all or nothing. */
    boolean tryTake(long weight) {
        if (used.addAndGet(weight) <= limit) {
            return true;
        }
        used.addAndGet(-weight);
        return false;
    }

    /** Gives room back. */
    void free(long weight) {
        used.addAndGet(-weight);
    }

    /** What is taken now. */
    long used() {
        return used.get();
    }
}
