package io.sealpost.database.backup;

/** Hears how far a backup or a restore has come; called often, so it should be quick. */
public interface Progress {
    /** So many rows of this table are through, and so many bytes of it. */
    void at(String table, long rows, long bytes);
}
