package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A long query as it is written, its values in the text. Jdbi would look through each text for parameters and remember it: where none
 * comes twice, that costs more than all the server does for it. For numbers and times of our own, never for what others wrote.
 */
final class PlainQuery {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private PlainQuery() {}

    /** Makes something of a row. */
    interface Row<R> {
        R of(ResultSet row) throws SQLException;
    }

    /** A time as it stands in the text. */
    static String literal(Instant time) {
        return "'" + TIME.format(SqlTimes.toSql(time)) + "'";
    }

    /** Its rows in order. */
    static <R> List<R> list(Handle handle, String sql, Row<R> mapper) {
        List<R> rows = new ArrayList<>();
        try (Statement statement = handle.getConnection().createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(mapper.of(found));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("a query failed", e);
        }
    }
}
