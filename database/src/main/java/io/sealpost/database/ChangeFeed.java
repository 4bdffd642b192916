package io.sealpost.database;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Writes the feed of changes by which the nodes hear of what commands did. */
public final class ChangeFeed {
    private ChangeFeed() {}

    /** Adds a change, inside the transaction that makes it; {@code now} comes from the {@link DatabaseClock}. */
    public static void append(Handle handle, ChangeKind kind, String subject, Instant now) {
        DatabaseSql.appendChange(handle, kind.name(), subject, SqlTimes.toSql(now));
    }
}
