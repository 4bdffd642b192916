package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * One statement for many rows, as the driver's own batch: inserts travel together (Jdbi prepares its batches so that the driver sends
 * them one by one, which costs five times as much), updates tell for each row whether it was taken. Not thread-safe.
 */
final class SqlBatch implements AutoCloseable {
    private final PreparedStatement statement;
    private int rows;

    private SqlBatch(PreparedStatement statement) {
        this.statement = statement;
    }

    static SqlBatch of(Handle handle, String sql) {
        try {
            return new SqlBatch(handle.getConnection().prepareStatement(sql));
        } catch (SQLException e) {
            throw new IllegalStateException("a statement cannot be prepared", e);
        }
    }

    /** Runs the statement once for each item; the counts in their order. Does nothing for no item. */
    static <T> int[] run(Handle handle, String sql, Iterable<T> items, BiConsumer<SqlBatch, T> row) {
        try (SqlBatch batch = of(handle, sql)) {
            items.forEach(item -> row.accept(batch, item));
            return batch.execute();
        }
    }

    /** Adds a row: a value for each question mark; instants become UTC, null stays null. */
    void add(Object... values) {
        try {
            for (int i = 0; i < values.length; i++) {
                set(i + 1, values[i]);
            }
            statement.addBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("a row cannot be bound", e);
        }
        rows++;
    }

    private void set(int at, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.NULL);
        } else if (value instanceof Instant instant) {
            statement.setObject(at, SqlTimes.toSql(instant));
        } else {
            statement.setObject(at, value);
        }
    }

    /** Sends what was added since the last time; the counts in order. Throws with the driver's exception as the cause. */
    int[] execute() {
        if (rows == 0) {
            return new int[0];
        }
        rows = 0;
        try {
            return statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("a batch failed", e);
        }
    }

    @Override
    public void close() {
        try {
            statement.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a statement cannot be closed", e);
        }
    }
}
