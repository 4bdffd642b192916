package io.sealpost.database.backup;

import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.Migrations;
import io.sealpost.database.Transactions;
import io.sealpost.database.backup.BackupProblem.Kind;
import io.sealpost.database.backup.Manifest.TableFile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Puts a backup into an empty database: makes the tables as they were when it was taken, fills them, then brings them up to this
 * release. Until {@link #finish} the database carries a mark, on which nothing but another restore works. Not thread-safe.
 */
public final class Restore {
    /** A table that the migrations themselves fill. */
    private static final Set<String> NEVER_EMPTY = Set.of("release_floor", "tenant");

    private final BackupArchive archive;
    private final DatabaseSettings settings;
    private final List<MigrationSet> sets;
    private final Transactions transactions;

    /** As a user who may make and drop tables. */
    public Restore(BackupArchive archive, DatabaseSettings settings, List<MigrationSet> sets) {
        this.archive = archive;
        this.settings = settings;
        this.sets = List.copyOf(sets);
        this.transactions = Transactions.forBackups(settings);
    }

    /** Throws {@link BackupProblem} where this backup cannot be put into this database; changes nothing. */
    public void requireFit() {
        Manifest manifest = archive.manifest();
        Map<String, Integer> known = latest();
        manifest.schema().forEach((module, version) -> {
            if (known.getOrDefault(module, 0) < version) {
                throw new BackupProblem(
                        Kind.UNFIT,
                        "the backup is of a newer release (" + manifest.release() + ", " + module + " " + version
                                + "); restore it with that one");
            }
        });
        transactions.read(handle -> {
            requireLater(handle, manifest.takenAt());
            requireEmpty(handle);
            return null;
        });
    }

    /** Ids hold their time: a clock that is behind would give some of them twice. */
    private static void requireLater(Handle handle, Instant taken) {
        Instant now = BackupSql.now(handle).toInstant(ZoneOffset.UTC);
        if (!now.isAfter(taken)) {
            throw new BackupProblem(
                    Kind.UNFIT,
                    "by the database's clock it is " + now + ", before the backup was taken (" + taken
                            + "); set the clock of its server right");
        }
    }

    private static void requireEmpty(Handle handle) {
        List<String> tables = BackupSql.tables(handle);
        if (tables.contains(Migrations.RESTORE_MARK)) {
            return; // What an earlier restore left.
        }
        for (String table : tables) {
            boolean ours = table.startsWith("schema_") || NEVER_EMPTY.contains(table);
            if (!ours && BackupSql.hasRows(handle, table)) {
                throw new BackupProblem(
                        Kind.UNFIT,
                        "the database is not empty (" + table + " has rows); a backup is put into an empty one only:"
                                + " make one and name it under [database]");
            }
        }
    }

    /** Makes and fills the tables, and brings them up to this release; whatever an earlier restore left goes first. */
    public void load(Progress progress) {
        transactions.read(handle -> {
            BackupSql.createMark(handle, Migrations.RESTORE_MARK);
            BackupSql.checkReferences(handle, 0);
            BackupSql.tables(handle).stream()
                    .filter(table -> !table.equals(Migrations.RESTORE_MARK))
                    .forEach(table -> BackupSql.drop(handle, table));
            return null;
        });
        Migrations migrations = new Migrations(sets);
        migrations.migrate(settings, archive.manifest().schema());
        for (TableFile table : archive.manifest().tables()) {
            transactions.read(handle -> {
                new TableLoad(archive, table).into(handle, progress);
                return null;
            });
        }
        if (!archive.manifest().schema().equals(latest())) {
            migrations.migrate(settings);
        }
    }

    private Map<String, Integer> latest() {
        return sets.stream().collect(Collectors.toMap(MigrationSet::name, MigrationSet::latest));
    }

    /** The database is whole: takes the mark away. */
    public void finish() {
        transactions.read(handle -> BackupSql.drop(handle, Migrations.RESTORE_MARK));
    }
}
