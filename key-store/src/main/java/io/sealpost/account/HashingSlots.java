package io.sealpost.account;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many hashes run at a time, first come first served, and so their memory: of those that take more than a fresh one of ours
 * only one runs. Thread-safe.
 */
final class HashingSlots {
    private final Semaphore slots;
    private final Semaphore costly = new Semaphore(1, true);
    private final Duration patience;
    private final int usualMemory;

    HashingSlots(int slots, Duration patience, int usualMemory) {
        this.slots = new Semaphore(slots, true);
        this.patience = patience;
        this.usualMemory = usualMemory;
    }

    /** Runs the work when its turn comes; throws {@link HashingBusy} when it does not come in time. */
    <T> T run(int memory, Supplier<T> work) {
        if (memory <= usualMemory) {
            return with(slots, work);
        }
        return with(costly, () -> with(slots, work)); // Who waits for a costly one takes no slot meanwhile.
    }

    private <T> T with(Semaphore turn, Supplier<T> work) {
        take(turn);
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private void take(Semaphore turn) {
        try {
            if (!turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new HashingBusy(
                        "more logins with main passwords arrive than can be hashed; one waited " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HashingBusy("a login was interrupted while it waited for its hash");
        }
    }
}
