package io.sealpost.database.backup;

import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.Migrations;
import io.sealpost.database.Transactions;
import io.sealpost.database.backup.BackupProblem.Kind;
import io.sealpost.database.backup.Manifest.Column;
import io.sealpost.database.backup.Manifest.TableFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jdbi.v3.core.Handle;

/**
 * Writes all tables, as they are at one moment, into one file, while others go on. Rows are streamed: neither their number nor their
 * size counts. The user needs to read the tables only. Not thread-safe.
 */
public final class BackupWriter {
    /** Of those that run now, or written by the migrations themselves. */
    private static final Set<String> LEFT_OUT = Set.of("node", "change_feed", "release_floor");

    private static final String NOTE = "The master key is not in this file: without it accounts and keys are of no use."
            + " Put back by: sealpost restore FILE";
    /** Rows that the driver reads ahead; each may be a megabyte. */
    private static final int AHEAD = 16;

    private static final int PROGRESS = 1_000;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final Transactions transactions;
    private final String release;
    private final Progress progress;

    /** Reads on a connection of its own, as this user; {@code release} is what the manifest says. */
    public BackupWriter(DatabaseSettings settings, String release, Progress progress) {
        this.transactions = Transactions.forBackups(settings);
        this.release = release;
        this.progress = progress;
    }

    /** Writes the file; {@link BackupProblem} where it cannot be, and then there is none. */
    public Manifest write(Path file) {
        try (PartFile part = PartFile.open(file)) {
            Manifest manifest = transactions.read(handle -> snapshot(handle, part));
            part.finish();
            return manifest;
        } catch (IOException e) {
            throw unwritable(file, e);
        } catch (Unwritten e) {
            throw unwritable(file, e.getCause());
        }
    }

    private static BackupProblem unwritable(Path file, Throwable cause) {
        return new BackupProblem(
                Kind.DISK,
                "the backup " + file + " cannot be written (" + cause.getMessage() + "); there is none",
                cause);
    }

    /** What Jdbi lets pass only as an unchecked exception. */
    private static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritten(IOException cause) {
            super(cause);
        }
    }

    private Manifest snapshot(Handle handle, PartFile part) {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(part.stream(), 1 << 16)) {
            @Override
            public void close() throws IOException {
                finish();
                flush(); // The part file is closed by its owner, when it is on the disk.
            }
        }) {
            zip.setLevel(Deflater.BEST_SPEED);
            BackupSql.startSnapshot(handle);
            try {
                Manifest manifest = manifest(handle, zip);
                byte[] json = manifest.toJson();
                entry(zip, Manifest.NAME, json);
                entry(zip, Manifest.HASH_NAME, hash(json));
                return manifest;
            } finally {
                handle.execute("ROLLBACK");
            }
        } catch (IOException e) {
            throw new Unwritten(e);
        }
    }

    private Manifest manifest(Handle handle, ZipOutputStream zip) throws IOException {
        String taken = MICROS.format(BackupSql.now(handle).atOffset(ZoneOffset.UTC));
        List<TableFile> tables = new ArrayList<>();
        for (String table : BackupSql.tables(handle)) {
            if (!LEFT_OUT.contains(table) && !table.startsWith("schema_")) {
                tables.add(table(handle, zip, table));
            }
        }
        return new Manifest(
                Manifest.FORMAT, release, taken, BackupSql.version(handle), Migrations.versions(handle), tables, NOTE);
    }

    private TableFile table(Handle handle, ZipOutputStream zip, String table) throws IOException {
        List<Column> columns = BackupSql.columns(handle, table);
        Optional<Long> nextId = BackupSql.nextId(handle, table);
        String file = "tables/" + table + ".jsonl";
        zip.putNextEntry(new ZipEntry(file));
        CheckedOutput out = new CheckedOutput(zip);
        long rows = rows(handle, out, table, columns);
        zip.closeEntry();
        return new TableFile(table, file, rows, out.bytes(), out.hash(), nextId.orElse(null), columns);
    }

    private long rows(Handle handle, CheckedOutput out, String table, List<Column> columns) throws IOException {
        long count = 0;
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.setFetchSize(AHEAD);
            try (ResultSet rows = statement.executeQuery(BackupSql.rows(table, columns));
                    RowsOut lines = new RowsOut(out, columns)) {
                while (rows.next()) {
                    lines.write(rows);
                    if (++count % PROGRESS == 0) {
                        progress.at(table, count, out.bytes());
                    }
                }
            }
        } catch (SQLException e) {
            throw unreadable(table, e);
        }
        progress.at(table, count, out.bytes());
        return count;
    }

    private static RuntimeException unreadable(String table, SQLException e) {
        return e.getErrorCode() == BackupSql.TABLE_CHANGED
                ? new BackupProblem(
                        Kind.TRY_AGAIN, "the table " + table + " was migrated meanwhile; take the backup again", e)
                : new org.jdbi.v3.core.ConnectionException(e);
    }

    private static byte[] hash(byte[] json) {
        return (HexFormat.of().formatHex(CheckedOutput.sha256().digest(json)) + "  " + Manifest.NAME + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        try (OutputStream out = new CheckedOutput(zip)) {
            out.write(bytes);
        }
        zip.closeEntry();
    }
}
