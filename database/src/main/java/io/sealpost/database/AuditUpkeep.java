package io.sealpost.database;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Forgets old entries of the audit trail, a slice a call. Thread-safe; any number of nodes may do it at once. */
public final class AuditUpkeep {
    private final Transactions transactions;
    private final Clock clock;

    /** The clock is the database's. */
    public AuditUpkeep(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Removes entries older than this, at most a thousand.
     *
     * @return how many; call again while it is a thousand
     */
    public int prune(Duration olderThan) {
        List<Long> old = transactions.read(handle ->
                DatabaseSql.oldAudit(handle, SqlTimes.toSql(clock.instant().minus(olderThan))));
        if (!old.isEmpty()) {
            transactions.read(handle -> DatabaseSql.removeAudit(handle, old));
        }
        return old.size();
    }
}
