package io.sealpost.queue.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What stands in the queue's tables, a line a row, without the numbers that differ from run to run. */
record QueueTables(List<String> rows) {
    private static final List<String> SHOWN = List.of(
            "SELECT CONCAT_WS(' ', 'message', sender, prefix, size, received) FROM message",
            "SELECT CONCAT_WS(' ', 'content', part, LENGTH(bytes)) FROM message_content",
            """
            SELECT CONCAT_WS(' ', 'delivery', recipient, state, IFNULL(hold_reason, '-'), IFNULL(state_before_hold, '-'), next_at, attempts,
                             notices_sent, IFNULL(node, '-'), IFNULL(lease_until, '-'), IFNULL(last_text, '-'))
            FROM delivery""",
            "SELECT CONCAT_WS(' ', 'journal', at, kind, json) FROM journal",
            "SELECT CONCAT_WS(' ', 'change', kind, subject <> '') FROM change_feed",
            "SELECT CONCAT_WS(' ', 'audit', action) FROM audit");

    /** As of one moment: a COMMIT whose connection was cut may take effect between two tables, so it is read until it stands still. */
    static QueueTables of(QueueWorld world) {
        QueueTables seen = world.transactions().read(QueueTables::read);
        QueueTables again = world.transactions().read(QueueTables::read);
        while (!again.equals(seen)) {
            seen = again;
            again = world.transactions().read(QueueTables::read);
        }
        return again;
    }

    private static QueueTables read(Handle handle) {
        List<String> rows = new ArrayList<>();
        SHOWN.forEach(sql -> rows.addAll(handle.createQuery(sql).mapTo(String.class).list().stream()
                .sorted()
                .toList()));
        return new QueueTables(rows);
    }

    /** How many rows begin so. */
    long count(String beginning) {
        return rows.stream().filter(row -> row.startsWith(beginning)).count();
    }
}
