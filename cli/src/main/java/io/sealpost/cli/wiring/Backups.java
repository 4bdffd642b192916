package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.console.Times;
import io.sealpost.database.Audit;
import io.sealpost.database.AuditEntry;
import io.sealpost.database.ChangeFeed;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.SchemaState;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.backup.BackupArchive;
import io.sealpost.database.backup.BackupProblem;
import io.sealpost.database.backup.BackupWriter;
import io.sealpost.database.backup.Manifest;
import io.sealpost.database.backup.Progress;
import io.sealpost.database.backup.Restore;
import io.sealpost.keys.MasterKey;
import io.sealpost.keys.Outcome;
import io.sealpost.queue.jdbc.RestoredQueue;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Backups of the database of the settings, and putting one back. Every problem is a {@link Fault}. Not thread-safe. */
public final class Backups {
    private static final long OPERATOR = 1;

    private final Settings settings;
    private final String actor;
    private final Consumer<String> notes;
    private final Progress progress;

    /** What becomes of the mail in a backup. */
    public enum Waiting {
        /** It is held until somebody releases it: some of it was delivered after the backup. */
        HELD,
        /** It goes out. */
        RELEASED
    }

    /**
     * What a restore brought.
     *
     * @param manifest of the backup
     * @param held deliveries that were put on hold
     */
    public record Restored(Manifest manifest, int held) {}

    /**
     * For one command.
     *
     * @param actor who acts, for the audit
     * @param notes hears a line about what a person should know
     * @param progress hears how far it is
     */
    public Backups(Settings settings, String actor, Consumer<String> notes, Progress progress) {
        this.settings = settings;
        this.actor = actor;
        this.notes = notes;
        this.progress = progress;
    }

    /** Takes one into this new file, as the user that serves, while others go on. */
    public Manifest take(Path file, String release) {
        try (Store store = Store.inspect(settings, notes)) {
            SchemaState state = store.schema();
            if (state instanceof SchemaState.Damaged || state instanceof SchemaState.HalfRestored) {
                throw new Fault(Sysexits.CONFIG, Store.sentence(state));
            }
            Manifest manifest =
                    said(() -> new BackupWriter(store.servingLogin(settings), release, progress).write(file));
            record(store, file, manifest);
            return manifest;
        }
    }

    /** A replica lets nobody write; its backup is as good. */
    private void record(Store store, Path file, Manifest manifest) {
        try {
            store.transactions().run(handle -> {
                Audit.append(
                        handle,
                        entry(
                                "backup",
                                file.toString(),
                                Map.of("taken", manifest.taken()),
                                store.clock().instant()));
                return null;
            });
        } catch (StoreUnavailable readOnly) {
            notes.accept("The audit does not have it: the database takes no writes.");
        }
    }

    /** Whether the file is whole, and whether the master key of the settings opens its keys; touches no database. */
    public static Manifest check(Path file, Optional<Path> masterKey, Progress progress) {
        return said(() -> {
            try (BackupArchive archive = BackupArchive.open(file)) {
                masterKey.ifPresent(key -> requireMasterKey(archive, key));
                archive.verify(progress);
                return archive.manifest();
            }
        });
    }

    private static void requireMasterKey(BackupArchive archive, Path file) {
        Outcome<MasterKey> loaded = MasterKey.load(file);
        if (loaded instanceof Outcome.Refused<MasterKey> refused) {
            throw new Fault(Sysexits.CONFIG, refused.problem().sentence());
        }
        MasterKey key = ((Outcome.Done<MasterKey>) loaded).value();
        for (List<Object> row : archive.rows("data_key", List.of("id", "purpose", "wrapped"))) {
            boolean opens = key.opens(Long.parseLong((String) row.get(0)), (String) row.get(1), (byte[]) row.get(2));
            if (!opens) {
                throw new Fault(
                        Sysexits.CONFIG,
                        "the master key " + file + " is not the one of this backup: put the right file there first");
            }
        }
    }

    /** Puts one into the empty database of the settings, as the user that migrates. */
    public Restored restore(Path file, Waiting waiting) {
        return said(() -> {
            try (BackupArchive archive = BackupArchive.open(file);
                    Store store = Store.inspect(settings, notes)) {
                DatabaseSettings login = store.migratingLogin(settings);
                Restore restore = new Restore(archive, login, Schema.SETS);
                requireMasterKey(archive, settings.masterKeyFile());
                restore.requireFit();
                notes.accept("Checking the backup.");
                archive.verify((table, rows, bytes) -> {});
                restore.load(progress);
                Restored restored = new Restored(archive.manifest(), takeOver(login, archive.manifest(), waiting));
                restore.finish();
                return restored;
            }
        });
    }

    private int takeOver(DatabaseSettings login, Manifest manifest, Waiting waiting) {
        try (Database database = Database.reach(() -> login.withPoolSize(1))) {
            RestoredQueue queue = new RestoredQueue(database.transactions());
            queue.freeLeases();
            int held = waiting == Waiting.HELD
                    ? queue.hold("restored from a backup of " + Times.shown(manifest.takenAt())
                            + ": release with sealpost queue release")
                    : 0;
            Instant now = database.clock().instant();
            database.transactions().run(handle -> {
                Audit.append(
                        handle,
                        entry(
                                "restore",
                                manifest.taken(),
                                Map.of("release", manifest.release(), "held", Integer.toString(held)),
                                now));
                ChangeFeed.append(handle, ChangeKind.QUEUE_HOLD, "", now);
                return null;
            });
            return held;
        }
    }

    private AuditEntry entry(String action, String subject, Map<String, String> details, Instant at) {
        return new AuditEntry(OPERATOR, actor, action, subject, details, at);
    }

    private static <T> T said(Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupProblem problem) {
            throw new Fault(code(problem.kind()), problem.getMessage());
        }
    }

    private static int code(BackupProblem.Kind kind) {
        return switch (kind) {
            case DAMAGED -> Sysexits.DATAERR;
            case CANNOT_CREATE -> Sysexits.CANTCREAT;
            case DISK -> Sysexits.IOERR;
            case UNFIT -> Sysexits.CONFIG;
            case TRY_AGAIN -> Sysexits.TEMPFAIL;
        };
    }
}
