package io.sealpost.cli.wiring;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseClock;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationStep;
import io.sealpost.database.SchemaState;
import io.sealpost.database.ServerChecks;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.database.Transactions;
import io.sealpost.mail.DataSize;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The open database of the settings; a private one is joined, or started and brought up to this release. One for each process. */
public final class Store implements AutoCloseable {
    private static final int SERVING_POOL = 20;
    private static final int COMMAND_POOL = 1;
    /** For the first connection to a database that is slow, not away: a start that gave up would only be made again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final DataSize LEAST_ROOM = DataSize.parse("64M");

    private final Optional<PrivateServer> privateServer;
    private final Database database;

    private Store(Optional<PrivateServer> privateServer, Database database) {
        this.privateServer = privateServer;
        this.database = database;
    }

    /** For a command; a {@link Fault} when the tables do not fit this release. */
    public static Store open(Settings settings, Consumer<String> progress) {
        return open(settings, progress, COMMAND_POOL, AT_ONCE);
    }

    /** As it is: whatever its tables and the server's settings are like; a private one is joined, or started, and not migrated. */
    public static Store inspect(Settings settings, Consumer<String> progress) {
        return connect(settings, progress, COMMAND_POOL, AT_ONCE);
    }

    /** For {@code serve}: a {@link Fault} too when the server would not keep what it acknowledged. */
    static Store openToServe(Settings settings, Consumer<String> progress) {
        requireRoom(settings);
        Store store = open(settings, progress, SERVING_POOL, PATIENCE);
        List<String> problems = ServerChecks.problems(store.transactions());
        if (!problems.isEmpty()) {
            store.close();
            throw new Fault(
                    ServerChecks.arePassing(problems) ? Sysexits.TEMPFAIL : Sysexits.CONFIG,
                    "the database server is not safe for mail: " + String.join("; ", problems));
        }
        store.database.requireSafeServer();
        store.privateServer.ifPresent(PrivateServer::watch);
        return store;
    }

    /** Of a server of others the disk is not seen: it says so at the first message, which then gets 451. */
    private static void requireRoom(Settings settings) {
        if (!(settings.database() instanceof Settings.Database.Embedded embedded) || !mayExist(settings)) {
            return;
        }
        try {
            long room = Files.getFileStore(embedded.dataDir()).getUsableSpace();
            if (room < LEAST_ROOM.bytes()) {
                throw new Fault(
                        Sysexits.TEMPFAIL,
                        "the disk of " + embedded.dataDir() + " is full (" + (room >> 20)
                                + " MB free): no mail could be stored; make room, then start again");
            }
        } catch (IOException e) {
            throw new Fault(
                    Sysexits.UNAVAILABLE, "the disk of " + embedded.dataDir() + " cannot be asked for its room");
        }
    }

    private static Store open(Settings settings, Consumer<String> progress, int pool, Duration patience) {
        Store store = connect(settings, progress, pool, patience);
        try {
            SchemaState state = Schema.migrations().state(store.transactions());
            boolean mendable = state instanceof SchemaState.TooOld || state instanceof SchemaState.Damaged;
            if (mendable && store.privateServer.isPresent()) {
                progress.accept("bringing the tables up to this release");
                PrivateServer server = store.privateServer.get();
                run(() -> server.migrate(Schema.migrations()));
            } else if (!(state instanceof SchemaState.Current)) {
                throw new Fault(Sysexits.CONFIG, sentence(state));
            }
            return store;
        } catch (RuntimeException failed) {
            store.close();
            throw failed;
        }
    }

    private static Store connect(Settings settings, Consumer<String> progress, int pool, Duration patience) {
        if (settings.database() instanceof Settings.Database.Embedded embedded) {
            return connect(PrivateServer.join(embedded, progress), pool, patience);
        }
        Settings.Database.Server server = (Settings.Database.Server) settings.database();
        DatabaseSettings login = settings(server, server.serving(), pool);
        return new Store(Optional.empty(), Database.reach(() -> login, patience));
    }

    private static Store connect(PrivateServer server, int pool, Duration patience) {
        try {
            return new Store(
                    Optional.of(server), Database.reach(() -> server.settings().withPoolSize(pool), patience));
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    private static DatabaseSettings settings(Settings.Database.Server server, Settings.Database.Login login, int pool) {
        try {
            return new DatabaseSettings(server.url(), login.user(), password(login), pool);
        } catch (IllegalArgumentException e) {
            throw new Fault(Sysexits.CONFIG, e.getMessage());
        }
    }

    private static Secret password(Settings.Database.Login login) {
        if (login.passwordFile().isEmpty()) {
            return new Secret("");
        }
        Path file = login.passwordFile().get();
        try {
            return new Secret(Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new Fault(Sysexits.CONFIG, "the database's password file " + file + " cannot be read");
        }
    }

    /** What is wrong with tables that do not fit this release, and what to do. */
    public static String sentence(SchemaState state) {
        if (state instanceof SchemaState.TooOld old) {
            return "the database's tables are older than this release (" + old.pending()
                    + " migrations pending); run: sealpost migrate";
        }
        if (state instanceof SchemaState.TooNew newer) {
            return "the database's tables are of a newer release (" + newer.module() + " " + newer.version()
                    + "); run that release";
        }
        if (state instanceof SchemaState.HalfRestored) {
            return "a backup was not put into this database whole; run sealpost restore again";
        }
        return "a migration of the database's tables failed half-way; run: sealpost migrate";
    }

    /** The migrations that are pending, in their order; a private server is joined, or started, and not migrated. */
    public static List<MigrationStep> pendingMigrations(Settings settings, Consumer<String> progress) {
        try (Store store = connect(settings, progress, COMMAND_POOL, AT_ONCE)) {
            SchemaState state = store.schema();
            if (state instanceof SchemaState.TooNew || state instanceof SchemaState.HalfRestored) {
                throw new Fault(Sysexits.CONFIG, sentence(state));
            }
            return state instanceof SchemaState.Current
                    ? List.of()
                    : Schema.migrations().pending(store.servingLogin(settings));
        }
    }

    /** How to enter as the user that serves. */
    DatabaseSettings servingLogin(Settings settings) {
        return settings.database() instanceof Settings.Database.Server server
                ? settings(server, server.serving(), 1)
                : privateServer.orElseThrow().settings();
    }

    /** The same as the user that may change the schema. */
    DatabaseSettings migratingLogin(Settings settings) {
        return settings.database() instanceof Settings.Database.Server server
                ? settings(server, server.migrating(), 1)
                : privateServer.orElseThrow().settings();
    }

    /** Runs what is pending, as the user that may change the schema. */
    public static void migrate(Settings settings, Consumer<String> progress) {
        if (settings.database() instanceof Settings.Database.Server server) {
            run(() -> Schema.migrations().migrate(settings(server, server.migrating(), 1)));
        } else {
            open(settings, progress).close(); // Who joins a private server migrates it.
        }
    }

    /** What a migration meets beside an absent database is told in its first line: tables of another build, missing rights. */
    private static void run(Runnable migration) {
        try {
            migration.run();
        } catch (StoreUnavailable | Fault known) {
            throw known;
        } catch (RuntimeException failed) {
            String reason =
                    String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
            throw new Fault(
                    Sysexits.CONFIG,
                    "the database's tables cannot be brought up to this release (" + ForeignText.escape(reason)
                            + "); they are of another build, or rights are missing. Of a trial, move the folder away and start again");
        }
    }

    /** Whether there may be a database already: for a private one, whether its folder is there. */
    public static boolean mayExist(Settings settings) {
        return !(settings.database() instanceof Settings.Database.Embedded embedded)
                || Files.exists(embedded.dataDir().resolve("data"));
    }

    /** How the tables fit this release; throws {@link StoreUnavailable} when the database is away. */
    public SchemaState schema() {
        return Schema.migrations().state(transactions());
    }

    /** Runs work on it. */
    public Transactions transactions() {
        return database.transactions();
    }

    /** The database's time. */
    public DatabaseClock clock() {
        return database.clock();
    }

    @Override
    public void close() {
        database.close();
        privateServer.ifPresent(PrivateServer::close);
    }
}
