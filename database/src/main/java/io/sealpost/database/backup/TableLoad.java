package io.sealpost.database.backup;

import io.sealpost.database.backup.Manifest.Column;
import io.sealpost.database.backup.Manifest.TableFile;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** Fills one table from a backup, some thousand rows or some megabytes a commit. Not thread-safe. */
final class TableLoad {
    private static final int ROWS = 1_000;
    private static final long BYTES = 4L << 20;

    private final BackupArchive archive;
    private final TableFile table;

    TableLoad(BackupArchive archive, TableFile table) {
        this.archive = archive;
        this.table = table;
    }

    /** From the beginning, whatever is in it. */
    void into(Handle handle, Progress progress) {
        requireColumns(handle);
        BackupSql.checkReferences(handle, 0); // A table may come before the one that it refers to.
        BackupSql.clear(handle, table.name());
        Connection connection = handle.getConnection();
        try (RowsIn rows = archive.open(table);
                PreparedStatement insert =
                        connection.prepareStatement(BackupSql.insert(table.name(), table.columns()))) {
            connection.setAutoCommit(false);
            fill(rows, insert, progress);
            connection.setAutoCommit(true);
        } catch (IOException e) {
            throw archive.damaged("the table " + table.name() + " cannot be read", e);
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        if (table.nextId() != null) {
            BackupSql.setNextId(handle, table.name(), table.nextId());
        }
    }

    private void requireColumns(Handle handle) {
        Set<String> there = BackupSql.columns(handle, table.name()).stream()
                .map(Column::name)
                .collect(Collectors.toCollection(HashSet::new));
        for (Column column : table.columns()) {
            if (!there.contains(column.name())) {
                throw archive.damaged(
                        "this release's migrations make no column " + table.name() + "." + column.name(), null);
            }
        }
    }

    private void fill(RowsIn rows, PreparedStatement insert, Progress progress) throws IOException, SQLException {
        long count = 0;
        long all = 0;
        long pending = 0;
        for (Optional<List<Object>> row = rows.next(); row.isPresent(); row = rows.next()) {
            pending += bind(insert, row.get());
            insert.addBatch();
            if (++count % ROWS == 0 || pending > BYTES) {
                all += commit(insert, pending);
                pending = 0;
                progress.at(table.name(), count, all);
            }
        }
        all += commit(insert, pending);
        progress.at(table.name(), count, all);
    }

    private static long commit(PreparedStatement insert, long bytes) throws SQLException {
        insert.executeBatch();
        insert.getConnection().commit();
        return bytes;
    }

    private long bind(PreparedStatement insert, List<Object> row) throws SQLException {
        long bytes = 0;
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            boolean isBytes = table.columns().get(i).kind() == Column.Kind.BYTES;
            if (value == null) {
                insert.setNull(i + 1, isBytes ? Types.VARBINARY : Types.VARCHAR);
            } else if (value instanceof byte[] some) {
                insert.setBytes(i + 1, some);
                bytes += some.length;
            } else {
                String text = (String) value;
                insert.setString(i + 1, text);
                bytes += text.length();
            }
        }
        return bytes;
    }
}
