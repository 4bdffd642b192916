package io.sealpost.relay.smtp;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes of heap for the bodies that are arriving, whoever sends them. Thread-safe. */
final class MemoryBudget {
    private final AtomicLong left;

    MemoryBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes bytes from the budget; false, and nothing taken, when so many are not left. */
    boolean tryTake(long bytes) {
        long before = left.getAndUpdate(l -> l >= bytes ? l - bytes : l);
        return before >= bytes;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
