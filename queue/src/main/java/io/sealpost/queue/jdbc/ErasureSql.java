package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements that forget rows of the journal; one method a statement. */
final class ErasureSql {
    static final String PAGE = """
            SELECT at, id, CASE WHEN LOCATE(?, LOWER(json)) > 0 THEN json END AS hinted FROM journal
            WHERE at >= ? AND (at > ? OR id > ?) ORDER BY at, id LIMIT ?""";
    static final String REMOVE = """
            DELETE FROM journal WHERE at = ? AND id = ?""";
    static final LocalDateTime BEGINNING = SqlTimes.toSql(Instant.EPOCH);

    private ErasureSql() {}

    /**
     * A row's key.
     *
     * @param hinted its text where it may mention the address
     */
    record Row(LocalDateTime at, long id, Optional<String> hinted) {}

    /** The rows behind this one in order of (at, id). */
    static List<Row> page(Handle handle, String hint, Row after, int limit) {
        return handle.select(PAGE, hint, after.at(), after.at(), after.id(), limit)
                .map((row, context) -> new Row(
                        row.getObject("at", LocalDateTime.class),
                        row.getLong("id"),
                        Optional.ofNullable(row.getString("hinted"))))
                .list();
    }

    static int remove(Handle handle, List<Row> rows) {
        try (SqlBatch batch = SqlBatch.of(handle, REMOVE)) {
            rows.forEach(row -> batch.add(SqlTimes.fromSql(row.at()), row.id()));
            batch.execute();
        }
        return rows.size();
    }
}
