package io.sealpost.queue.jdbc;

import io.sealpost.fixtures.TableLines;
import java.util.List;

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
            "SELECT CONCAT_WS(' ', 'suspension', kind, subject, ends, reason) FROM suspension",
            "SELECT CONCAT_WS(' ', 'audit', action) FROM audit");

    static QueueTables of(QueueWorld world) {
        return new QueueTables(TableLines.of(world.transactions(), SHOWN));
    }

    /** How many rows begin so. */
    long count(String beginning) {
        return rows.stream().filter(row -> row.startsWith(beginning)).count();
    }
}
