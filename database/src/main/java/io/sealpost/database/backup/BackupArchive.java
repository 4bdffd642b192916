package io.sealpost.database.backup;

import io.sealpost.database.backup.BackupProblem.Kind;
import io.sealpost.database.backup.Manifest.Column;
import io.sealpost.database.backup.Manifest.TableFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup opened for reading; touches no database. Throws {@link BackupProblem} for whatever is wrong with it. Not thread-safe. */
public final class BackupArchive implements AutoCloseable {
    private static final int LONGEST_MANIFEST = 16 << 20;
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private BackupArchive(Path file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        byte[] json = small(Manifest.NAME);
        String hash = HexFormat.of().formatHex(CheckedOutput.sha256().digest(json));
        if (!new String(small(Manifest.HASH_NAME), StandardCharsets.US_ASCII).startsWith(hash)) {
            throw damaged("its manifest was altered", null);
        }
        this.manifest = Manifest.parse(json);
        if (manifest.format() != Manifest.FORMAT) {
            throw new BackupProblem(
                    Kind.UNFIT, file + " is of a newer release (" + manifest.release() + "); restore it with that one");
        }
    }

    /** Opens the file and reads its manifest; of the tables nothing is looked at yet. */
    public static BackupArchive open(Path file) {
        if (!Files.isReadable(file)) {
            throw new BackupProblem(
                    Kind.DISK, file + (Files.exists(file) ? " cannot be read by this user" : " is not there"));
        }
        ZipFile zip = null;
        try {
            zip = new ZipFile(file.toFile());
            return new BackupArchive(file, zip);
        } catch (IOException | RuntimeException e) {
            close(zip);
            if (e instanceof BackupProblem known) {
                throw known;
            }
            throw new BackupProblem(Kind.DAMAGED, file + " is no backup, or was cut short: " + e.getMessage(), e);
        }
    }

    private static void close(ZipFile zip) {
        if (zip != null) {
            try {
                zip.close();
            } catch (IOException nothingWasWritten) {
                // Only read from.
            }
        }
    }

    /** What it says of itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** Reads every table's file whole and compares it with the manifest. */
    public void verify(Progress progress) {
        for (TableFile table : manifest.tables()) {
            try (InputStream in = stream(table)) {
                MessageDigest digest = CheckedOutput.sha256();
                byte[] buffer = new byte[BUFFER];
                long bytes = 0;
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                    bytes += count;
                }
                if (bytes != table.bytes()
                        || !HexFormat.of().formatHex(digest.digest()).equals(table.sha256())) {
                    throw damaged("the table " + table.name() + " is not what was written", null);
                }
                progress.at(table.name(), table.rows(), bytes);
            } catch (IOException e) {
                throw damaged("the table " + table.name() + " cannot be read", e);
            }
        }
    }

    /** All of a small table, each row by the columns that are asked for: a String, a byte[] or null each. */
    public List<List<Object>> rows(String table, List<String> columns) {
        Optional<TableFile> found = manifest.table(table);
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> names = found.get().columns().stream().map(Column::name).toList();
        List<List<Object>> all = new ArrayList<>();
        try (RowsIn rows = open(found.get())) {
            for (Optional<List<Object>> row = rows.next(); row.isPresent(); row = rows.next()) {
                List<Object> values = row.get();
                List<Object> wanted = new ArrayList<>();
                columns.forEach(column -> wanted.add(values.get(names.indexOf(column))));
                all.add(wanted);
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            throw damaged("the table " + table + " cannot be read", e);
        }
        return all;
    }

    RowsIn open(TableFile table) throws IOException {
        return new RowsIn(stream(table), table.columns());
    }

    BackupProblem damaged(String what, Exception cause) {
        return new BackupProblem(Kind.DAMAGED, "the backup " + file + " is damaged: " + what, cause);
    }

    private InputStream stream(TableFile table) throws IOException {
        return new BufferedInputStream(zip.getInputStream(entry(table.file())), BUFFER);
    }

    private byte[] small(String name) throws IOException {
        try (InputStream in = zip.getInputStream(entry(name))) {
            byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
            if (in.read() >= 0) {
                throw new IOException(name + " is too long");
            }
            return bytes;
        }
    }

    private ZipEntry entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException(name + " is missing");
        }
        return entry;
    }

    @Override
    public void close() {
        close(zip);
    }
}
