package io.sealpost.queue.jdbc;

import io.sealpost.database.CommitUnknown;
import io.sealpost.database.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets work that arrives while a commit runs share the next commit. No timer: under light load each item commits alone at once, under
 * heavy load batches grow by themselves. Thread-safe, without a thread: the caller that finds no commit running leads one batch, then
 * hands the lead to the caller that has waited longest.
 *
 * @param <T> an item
 * @param <R> its result
 */
final class GroupCommit<T, R> {
    /** The weight, in bytes, from which an item should have a lane of its own. */
    static final long MAX_WEIGHT = 8L << 20;

    private static final int MAX_ITEMS = 256;
    private static final int MAX_WAITING = 10_000;
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private final Work<T, R> work;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Entry<T, R>> waiting = new ArrayDeque<>();
    private boolean led;

    /** Commits items together. */
    interface Work<T, R> {
        /** One transaction for all; the results in the order of the items. */
        List<R> commit(List<T> items);

        /** The same for one item of a batch that failed, and may have been committed all the same: then its result is the same. */
        R commitAlone(T item);

        /** What the item weighs in bytes. */
        long weight(T item);
    }

    /** What a waiting caller is told: its result, its failure, or neither: to lead the next batch. */
    private record Turn<R>(R result, RuntimeException failure) {
        static <R> Turn<R> lead() {
            return new Turn<>(null, null);
        }

        static <R> Turn<R> of(R result) {
            return new Turn<>(result, null);
        }

        static <R> Turn<R> failed(RuntimeException failure) {
            return new Turn<>(null, failure);
        }

        boolean isLead() {
            return result == null && failure == null;
        }
    }

    private record Entry<T, R>(T item, CompletableFuture<Turn<R>> turn) {}

    GroupCommit(Work<T, R> work, Duration patience) {
        this.work = work;
        this.patience = patience;
    }

    /**
     * Returns after the item's commit; throws what its commit threw.
     *
     * @throws StoreUnavailable when the database is away, or the item's turn did not come in time. It is surely not committed then
     * @throws CommitUnknown when it may be committed, and the database did not come back in time to tell
     */
    R submit(T item) {
        Entry<T, R> mine = new Entry<>(item, new CompletableFuture<>());
        Turn<R> turn = enter(mine) ? lead() : await(mine);
        Turn<R> end = turn.isLead() ? lead() : turn;
        if (end.failure() != null) {
            throw end.failure();
        }
        return end.result();
    }

    /** True when nobody leads, so that the caller must. */
    private boolean enter(Entry<T, R> mine) {
        lock.lock();
        try {
            if (waiting.size() >= MAX_WAITING) {
                throw new StoreUnavailable("too much waits to be committed", null);
            }
            waiting.add(mine);
            boolean first = !led;
            led = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private Turn<R> await(Entry<T, R> mine) {
        try {
            return get(mine, patience.toNanos());
        } catch (TimeoutException late) {
            if (withdraw(mine)) {
                return Turn.failed(new StoreUnavailable("the turn to be committed did not come in " + patience, late));
            }
            return mine.turn().join(); // In a batch under way: however long it takes, it may well be committed.
        }
    }

    /** Waits through interrupts: an answer that nobody hears would be a message whose fate nobody knows. */
    private Turn<R> get(Entry<T, R> mine, long nanos) throws TimeoutException {
        boolean interrupted = false;
        long deadline = System.nanoTime() + nanos;
        try {
            while (true) {
                try {
                    return mine.turn().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a turn never fails", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many callers wait for their batch to begin. */
    int waitingNow() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean withdraw(Entry<T, R> mine) {
        lock.lock();
        try {
            return !mine.turn().isDone() && waiting.remove(mine);
        } finally {
            lock.unlock();
        }
    }

    /** Commits one batch, whose first entry is the caller's own. */
    private Turn<R> lead() {
        boolean interrupted = Thread.interrupted(); // It was meant for this caller, not for the others' mail.
        List<Entry<T, R>> batch = takeBatch();
        List<Turn<R>> turns = new ArrayList<>();
        try {
            turns.addAll(commit(batch));
        } finally {
            passOn();
            // Nobody may wait for ever for a machine that is out of memory.
            RuntimeException broken = new IllegalStateException("the commit broke off");
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).turn().complete(i < turns.size() ? turns.get(i) : Turn.failed(broken));
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return turns.get(0);
    }

    private List<Entry<T, R>> takeBatch() {
        lock.lock();
        try {
            List<Entry<T, R>> batch = new ArrayList<>();
            long weight = 0;
            while (!waiting.isEmpty() && batch.size() < MAX_ITEMS) {
                weight += work.weight(waiting.peek().item());
                if (weight > MAX_WEIGHT && !batch.isEmpty()) {
                    break;
                }
                batch.add(waiting.poll());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        lock.lock();
        try {
            led = !waiting.isEmpty();
            if (led) {
                waiting.peek().turn().complete(Turn.lead());
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Turn<R>> commit(List<Entry<T, R>> batch) {
        try {
            return work.commit(batch.stream().map(Entry::item).toList()).stream()
                    .map(Turn::of)
                    .toList();
        } catch (RuntimeException failure) {
            return oneByOne(batch, failure);
        }
    }

    /** Each alone, so that one bad item does not fail the others; until the database is found away twice running. */
    private List<Turn<R>> oneByOne(List<Entry<T, R>> batch, RuntimeException failure) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean unknown = failure instanceof CommitUnknown;
        List<Turn<R>> turns = new ArrayList<>();
        int away = 0;
        for (Entry<T, R> entry : batch) {
            Turn<R> turn = away < 2 ? alone(entry.item(), unknown, deadline) : notTried(turns, failure, unknown);
            away = turn.failure() instanceof StoreUnavailable ? away + 1 : 0;
            turns.add(turn);
        }
        return turns;
    }

    /** What may be committed is run again until the database tells; what is surely not is run again once. */
    private Turn<R> alone(T item, boolean unknownBefore, long deadline) {
        boolean unknown = unknownBefore;
        while (true) {
            try {
                return Turn.of(work.commitAlone(item));
            } catch (StoreUnavailable away) {
                unknown |= away instanceof CommitUnknown;
                if (!unknown || System.nanoTime() > deadline) {
                    return Turn.failed(unknown ? maybeStored(away) : away);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException failure) {
                return Turn.failed(failure);
            }
        }
    }

    private static <R> Turn<R> notTried(List<Turn<R>> before, RuntimeException failure, boolean unknown) {
        RuntimeException last = before.get(before.size() - 1).failure();
        return Turn.failed(unknown ? maybeStored(failure) : last);
    }

    private static CommitUnknown maybeStored(RuntimeException away) {
        return away instanceof CommitUnknown known
                ? known
                : new CommitUnknown("the answer to COMMIT was lost, and the database did not come back to tell", away);
    }
}
