package io.sealpost.account.limit.jdbc;

import io.sealpost.account.limit.SlotCount;
import io.sealpost.database.SqlTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Every statement on {@code usage}. */
final class UsageSql {
    static final String READ = """
            SELECT subject, node, `window`, count FROM `usage`
            WHERE subject IN (<subjects>) AND `window` >= :from""";
    private static final String WRITE = """
            INSERT INTO `usage` (node, subject, `window`, count) VALUES (?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE count = VALUES(count)""";
    private static final String MARK = """
            INSERT IGNORE INTO `usage` (node, subject, `window`, count) VALUES (0, ?, ?, 1)""";
    static final String PRUNE = """
            DELETE FROM `usage` WHERE `window` < ? LIMIT 1000""";

    private UsageSql() {}

    static List<SlotCount> read(Handle handle, List<String> subjects, Instant from) {
        return handle.createQuery(READ)
                .bindList("subjects", subjects)
                .bind("from", SqlTimes.toSql(from))
                .map((row, context) -> new SlotCount(
                        row.getString("subject"),
                        row.getInt("node"),
                        SqlTimes.fromSql(row.getObject("window", LocalDateTime.class)),
                        row.getLong("count")))
                .list();
    }

    static int write(Handle handle, List<SlotCount> rows) {
        PreparedBatch batch = handle.prepareBatch(WRITE);
        rows.forEach(row -> batch.add(row.node(), row.subject(), SqlTimes.toSql(row.slot()), row.count()));
        return batch.execute().length;
    }

    static int mark(Handle handle, String subject, Instant window) {
        return handle.execute(MARK, subject, SqlTimes.toSql(window));
    }

    static int prune(Handle handle, Instant before) {
        return handle.execute(PRUNE, SqlTimes.toSql(before));
    }
}
