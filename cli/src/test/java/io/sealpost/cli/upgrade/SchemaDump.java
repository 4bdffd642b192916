package io.sealpost.cli.upgrade;

import io.sealpost.database.Transactions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;

/** All tables of a schema with their rows as SQL, one statement a line, gzipped. */
public final class SchemaDump {
    private static final String TABLES = """
            SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name""";
    private static final String COLUMNS = """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = DATABASE() AND table_name = ? AND extra NOT LIKE '%GENERATED%' ORDER BY ordinal_position""";

    private SchemaDump() {}

    private record Column(String name, String type) {
        String literal() {
            String quoted = "`" + name + "`";
            boolean bytes = type.contains("blob") || type.contains("binary");
            return bytes
                    ? "IF(" + quoted + " IS NULL, NULL, CONCAT('x''', HEX(" + quoted + "), ''''))"
                    : "QUOTE(" + quoted + ")";
        }
    }

    static void write(Transactions transactions, OutputStream to) throws IOException {
        List<String> statements = transactions.read(SchemaDump::statements);
        try (GZIPOutputStream gzip = new GZIPOutputStream(to)) {
            for (String statement : statements) {
                gzip.write((statement.replace("\n", " ") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static List<String> statements(Handle handle) {
        List<String> statements = new ArrayList<>();
        for (String table : handle.select(TABLES).mapTo(String.class).list()) {
            statements.add(handle.select("SHOW CREATE TABLE `" + table + "`")
                    .map((row, context) -> row.getString(2))
                    .one());
            List<Column> columns = handle.select(COLUMNS, table)
                    .map((row, context) -> new Column(row.getString(1), row.getString(2)))
                    .list();
            String names =
                    columns.stream().map(column -> "`" + column.name() + "`").collect(Collectors.joining(", "));
            String values = columns.stream().map(Column::literal).collect(Collectors.joining(", ', ', "));
            handle.select("SELECT CONCAT(" + values + ") FROM `" + table + "`")
                    .mapTo(String.class)
                    .forEach(row -> statements.add("INSERT INTO `" + table + "` (" + names + ") VALUES (" + row + ")"));
        }
        return statements;
    }

    /** Runs a dump on an empty schema. */
    /** Into an empty schema. */
    public static void load(Transactions transactions, InputStream from) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(from), StandardCharsets.UTF_8))) {
            List<String> statements = lines.lines().toList();
            transactions.read(handle -> {
                handle.execute("SET foreign_key_checks = 0");
                statements.forEach(statement -> run(handle, statement));
                return handle.execute("SET foreign_key_checks = 1");
            });
        }
    }

    /** Past Jdbi's own reading of question marks and colons. */
    private static void run(Handle handle, String statement) {
        try (java.sql.Statement plain = handle.getConnection().createStatement()) {
            plain.execute(statement);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("cannot load: " + statement, e);
        }
    }
}
