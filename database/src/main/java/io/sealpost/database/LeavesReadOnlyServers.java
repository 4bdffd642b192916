package io.sealpost.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool to throw away a connection whose server no longer takes writes, beside those that it finds broken by itself: a primary that was
 * made a replica keeps its connections open, and the next one may lead to its successor.
 */
final class LeavesReadOnlyServers implements SQLExceptionOverride {
    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return SqlTrouble.isReadOnly(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
