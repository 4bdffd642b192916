package io.sealpost.queue.jdbc;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on a queue out of a backup; one method a statement. */
final class RestoreSql {
    static final String FREE_LEASES = ClaimSql.FREE.formatted("lease") + "WHERE node IS NOT NULL LIMIT 1000";
    static final String NTH_AFTER = """
            SELECT id FROM delivery FORCE INDEX (PRIMARY) WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?""";
    static final String HOLD = """
            UPDATE delivery FORCE INDEX (PRIMARY)
            SET state_before_hold = state, state = 4, hold_reason = ?, version = version + 1
            WHERE id > ? AND id <= ? AND state IN (1, 3)""";

    private RestoreSql() {}

    static int freeLeases(Handle handle) {
        return handle.execute(FREE_LEASES);
    }

    /** The id that ends a slice of so many; empty where fewer are left. */
    static Optional<Long> nthAfter(Handle handle, long after, int count) {
        return handle.select(NTH_AFTER, after, count - 1).mapTo(Long.class).findOne();
    }

    static int hold(Handle handle, String reason, long after, long last) {
        return handle.execute(HOLD, SqlText.cut(reason, SqlText.HOLD_REASON), after, last);
    }
}
