package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.queue.QueueMaintenance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/** Walks by id in slices of a thousand: no table scan, no long transaction. Thread-safe. */
public final class JdbcQueueMaintenance implements QueueMaintenance {
    private static final int SLICE = 1000;
    private static final Instant BEGINNING = Instant.EPOCH;

    private final Transactions transactions;
    private final Clock clock;
    private final AtomicLong sweptTo = new AtomicLong();
    private final AtomicReference<Instant> prunedTo = new AtomicReference<>(BEGINNING);

    /** The clock is the database's. */
    public JdbcQueueMaintenance(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whether any delivery is leased to the node: then its number is still in use. */
    public static boolean holdsLeases(Handle handle, int node) {
        return ClaimSql.holdsLeases(handle, node);
    }

    @Override
    public int freeExpired(Duration grace) {
        return transactions.read(handle -> ClaimSql.free(handle, clock.instant().minus(grace)));
    }

    @Override
    public int sweepEnded() {
        long from = sweptTo.get();
        Optional<Long> end = transactions.read(handle -> InspectionSql.nthMessage(handle, from, SLICE));
        List<Long> ended =
                transactions.read(handle -> InspectionSql.ended(handle, from, end.orElse(Long.MAX_VALUE), SLICE));
        int removed = transactions.run(handle -> EndedMessages.remove(handle, ended));
        sweptTo.set(end.map(id -> id - 1).orElse(0L));
        return removed;
    }

    /**
     * On from where the last thousand ended: what was deleted stays in the key until the server purges it, which an open snapshot (a
     * backup's) puts off, and each call would read it all again.
     */
    @Override
    public int pruneJournal(Duration olderThan) {
        Instant before = clock.instant().minus(olderThan);
        Instant from = prunedTo.get();
        Optional<Instant> end = transactions.read(handle -> JournalSql.nth(handle, from, before, SLICE));
        int pruned = transactions.read(handle -> JournalSql.prune(handle, from, before, SLICE));
        prunedTo.set(end.orElse(BEGINNING));
        return pruned;
    }
}
