package io.sealpost.database;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that take an address out of the audit trail; one method a statement. */
final class AuditErasureSql {
    static final String PAGE = """
            SELECT id, subject, json FROM audit WHERE id > ? AND (LOCATE(?, LOWER(subject)) > 0 OR LOCATE(?, LOWER(json)) > 0)
            ORDER BY id LIMIT ?""";
    static final String REPLACE = """
            UPDATE audit SET subject = ?, json = ? WHERE id = ?""";

    private AuditErasureSql() {}

    /** What of an entry is about somebody. */
    record Row(long id, String subject, String json) {}

    /** Entries that may mention an address, in order. */
    static List<Row> page(Handle handle, long after, String hint, int limit) {
        return handle.select(PAGE, after, hint, hint, limit)
                .map((row, context) -> new Row(row.getLong("id"), row.getString("subject"), row.getString("json")))
                .list();
    }

    static int replace(Handle handle, Row row) {
        return handle.execute(REPLACE, row.subject(), row.json(), row.id());
    }
}
