package io.sealpost.database.backup;

import io.sealpost.database.backup.Manifest.Column;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The statements on tables as such; one method a statement. Names come from the server or a checked manifest, quoted. */
final class BackupSql {
    private static final String TABLES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name""";
    private static final String COLUMNS = """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = ? AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position""";
    private static final String NEXT_ID = """
            SELECT auto_increment FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_name = ? AND auto_increment IS NOT NULL""";
    private static final String SNAPSHOT = """
            START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY""";
    private static final Set<String> BINARY =
            Set.of("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit");

    /** A table was altered after the snapshot. */
    static final int TABLE_CHANGED = 1412;

    private BackupSql() {}

    static LocalDateTime now(Handle handle) {
        return handle.select("SELECT UTC_TIMESTAMP(6)")
                .map((row, context) -> row.getObject(1, LocalDateTime.class))
                .one();
    }

    static String version(Handle handle) {
        return handle.select("SELECT VERSION()").mapTo(String.class).one();
    }

    static void startSnapshot(Handle handle) {
        handle.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        handle.execute(SNAPSHOT);
    }

    static List<String> tables(Handle handle) {
        return handle.select(TABLES).mapTo(String.class).list();
    }

    static List<Column> columns(Handle handle, String table) {
        return handle.select(COLUMNS, table)
                .map((row, context) -> new Column(
                        row.getString(1), BINARY.contains(row.getString(2)) ? Column.Kind.BYTES : Column.Kind.TEXT))
                .list();
    }

    static Optional<Long> nextId(Handle handle, String table) {
        return handle.select(NEXT_ID, table).mapTo(Long.class).findOne();
    }

    static void setNextId(Handle handle, String table, long next) {
        handle.execute("ALTER TABLE " + quoted(table) + " AUTO_INCREMENT = " + next);
    }

    /** Every row, in the order of the primary key since no other key has all columns. */
    static String rows(String table, List<Column> columns) {
        return columns.stream()
                .map(column -> column.kind() == Column.Kind.BYTES
                        ? quoted(column.name())
                        : "CAST(" + quoted(column.name()) + " AS CHAR CHARACTER SET utf8mb4)")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + quoted(table)));
    }

    static String insert(String table, List<Column> columns) {
        String names = columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
        String values = IntStream.range(0, columns.size()).mapToObj(i -> "?").collect(Collectors.joining(", "));
        return "INSERT INTO " + quoted(table) + " (" + names + ") VALUES (" + values + ")";
    }

    static boolean hasRows(Handle handle, String table) {
        return handle.select("SELECT 1 FROM " + quoted(table) + " LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    static int checkReferences(Handle handle, int on) {
        return handle.execute("SET SESSION foreign_key_checks = " + on);
    }

    /** What the migrations themselves put into a table. */
    static int clear(Handle handle, String table) {
        return handle.execute("DELETE FROM " + quoted(table));
    }

    static int drop(Handle handle, String table) {
        return handle.execute("DROP TABLE IF EXISTS " + quoted(table));
    }

    static int createMark(Handle handle, String table) {
        return handle.execute("CREATE TABLE IF NOT EXISTS " + quoted(table) + " (id INT PRIMARY KEY) ENGINE = InnoDB");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
