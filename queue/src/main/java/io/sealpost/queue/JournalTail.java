package io.sealpost.queue;

import java.util.List;

/** New rows of the journal as they are committed, for {@code trace --follow}. For one thread. */
public interface JournalTail {
    /**
     * What was committed since the last call, in order of time; empty when nothing was. Reads a few seconds by the journal's key, however long
     * the journal is. Throws {@link io.sealpost.database.StoreUnavailable} when the database is away; the next call goes on from there.
     */
    List<JournalEntry> next();
}
