package io.sealpost.queue.jdbc;

/** How many rows the server hands out for some work, on whatever connection. */
final class RowsRead {
    private RowsRead() {}

    /** Nothing else may run on the server meanwhile. */
    static long by(QueueWorld world, Runnable work) {
        long before = all(world);
        work.run();
        return all(world) - before;
    }

    private static long all(QueueWorld world) {
        return world.transactions()
                .read(handle -> handle
                        .select("SHOW GLOBAL STATUS LIKE 'Handler_read_%'")
                        .map((row, context) -> row.getLong(2))
                        .list()
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }
}
