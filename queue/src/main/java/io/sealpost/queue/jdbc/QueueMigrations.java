package io.sealpost.queue.jdbc;

import io.sealpost.database.MigrationSet;

/** The queue's tables. */
public final class QueueMigrations {
    /** Message, content, delivery, journal, suspension. */
    public static final MigrationSet SET = new MigrationSet("queue", "io/sealpost/queue/migrations", 6, 4);

    private QueueMigrations() {}
}
