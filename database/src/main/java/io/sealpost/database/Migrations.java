package io.sealpost.database;

import io.sealpost.database.SchemaState.Current;
import io.sealpost.database.SchemaState.Damaged;
import io.sealpost.database.SchemaState.HalfRestored;
import io.sealpost.database.SchemaState.TooNew;
import io.sealpost.database.SchemaState.TooOld;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;

/** Brings the tables of all modules up to this release, or tells how they stand. Thread-safe. */
public final class Migrations {
    /** A table that is there while a backup is being put back: until it is gone, nothing is whole. */
    public static final String RESTORE_MARK = "schema_restoring";

    private final List<MigrationSet> sets;

    /** The sets are run in the order of the list. */
    public Migrations(List<MigrationSet> sets) {
        this.sets = List.copyOf(sets);
    }

    /**
     * How the tables stand, from the histories alone: quick enough for every command, where Flyway takes more than a second.
     * Too new is told only where nothing is pending or damaged, and the newer release did not say that this one still runs.
     */
    public SchemaState state(Transactions transactions) {
        return transactions.read(this::state);
    }

    private SchemaState state(Handle handle) {
        Set<String> tables = MigrationSql.historyTables(handle);
        if (tables.contains(RESTORE_MARK)) {
            return new HalfRestored();
        }
        int pending = 0;
        SchemaState other = new Current();
        for (MigrationSet set : sets) {
            boolean begun = tables.contains(set.historyTable());
            MigrationSql.History history =
                    begun ? MigrationSql.history(handle, set.historyTable()) : MigrationSql.History.EMPTY;
            if (history.failed() > 0 && history.failed() <= set.latest()) { // Else a newer release failed.
                return new Damaged(set.name(), history.failed());
            }
            pending += Math.max(0, set.latest() - history.latest());
            int newest = Math.max(history.latest(), history.failed());
            if (newest > set.latest() && !allows(handle, set)) {
                other = new TooNew(set.name(), newest);
            }
        }
        return pending > 0 ? new TooOld(pending) : other;
    }

    private static boolean allows(Handle handle, MigrationSet set) {
        return MigrationSql.oldest(handle, set.name())
                .filter(oldest -> oldest <= set.latest())
                .isPresent();
    }

    /**
     * Runs what is pending, as the user of {@code settings}, who needs the right to make tables. A migration that failed is run
     * again. Run it from one place at a time on a Galera cluster: Flyway's lock does not span its nodes. Throws
     * {@link StoreUnavailable} when the database is away, and FlywayException when a statement fails or a file was altered.
     */
    public void migrate(DatabaseSettings settings) {
        MariaDbSource source = MariaDbSource.forMigrations(settings);
        Transactions transactions = new Transactions(source);
        Set<String> behind = transactions.read(this::behind);
        for (MigrationSet set : sets) {
            if (behind.contains(set.name())) {
                migrate(set, set.latest(), source, transactions);
            }
        }
    }

    /** The same of an empty database, only up to these versions by module: the tables as an earlier release had them. */
    public void migrate(DatabaseSettings settings, Map<String, Integer> versions) {
        MariaDbSource source = MariaDbSource.forMigrations(settings);
        Transactions transactions = new Transactions(source);
        for (MigrationSet set : sets) {
            int version = versions.getOrDefault(set.name(), 0);
            if (version > 0) {
                migrate(set, version, source, transactions);
            }
        }
    }

    /** The latest migration of each module whose history is there, whether or not this release knows the module. */
    public static Map<String, Integer> versions(Handle handle) {
        Map<String, Integer> versions = new TreeMap<>();
        for (String table : MigrationSql.historyTables(handle)) {
            if (!table.equals(RESTORE_MARK)) {
                versions.put(
                        MigrationSet.ofHistory(table),
                        MigrationSql.history(handle, table).latest());
            }
        }
        return versions;
    }

    /** What {@link #migrate} would run, in its order; the user needs to read the histories only. Throws as that does. */
    public List<MigrationStep> pending(DatabaseSettings settings) {
        MariaDbSource source = MariaDbSource.forMigrations(settings);
        Set<String> behind = new Transactions(source).read(this::behind);
        return sets.stream()
                .filter(set -> behind.contains(set.name()))
                .flatMap(set -> Arrays.stream(
                                flyway(set, set.latest(), source).info().all())
                        .filter(step -> step.getState().isResolved())
                        .filter(step ->
                                !step.getState().isApplied() || step.getState().isFailed())
                        .map(step -> new MigrationStep(
                                set.name(), Integer.parseInt(step.getVersion().getVersion()), step.getDescription())))
                .toList();
    }

    private Set<String> behind(Handle handle) {
        return sets.stream()
                .filter(set -> !(new Migrations(List.of(set)).state(handle) instanceof Current))
                .map(MigrationSet::name)
                .collect(Collectors.toSet());
    }

    private static void migrate(MigrationSet set, int version, MariaDbSource source, Transactions transactions) {
        transactions.read(handle -> MigrationSql.forgetFailed(handle, set.historyTable()));
        Flyway flyway = flyway(set, version, source);
        try {
            requireLatest(set, flyway);
            // Before the tables change: a release that they shut out must not start on them.
            recordOldest(set, transactions);
            flyway.migrate();
            recordOldest(set, transactions); // The first time, the table for it has come only now.
        } catch (FlywayException failure) {
            if (SqlTrouble.of(failure) == SqlTrouble.UNAVAILABLE) {
                throw new StoreUnavailable("the database went away while migrating", failure);
            }
            throw failure;
        }
    }

    private static void recordOldest(MigrationSet set, Transactions transactions) {
        transactions.read(handle -> MigrationSql.recordOldest(handle, set.name(), set.oldest()));
    }

    private static Flyway flyway(MigrationSet set, int version, MariaDbSource source) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:" + set.location())
                .table(set.historyTable())
                .target(Integer.toString(version))
                .baselineVersion("0") // The other modules' tables are there already.
                .baselineOnMigrate(true)
                .createSchemas(false)
                .placeholderReplacement(false)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .encoding(StandardCharsets.UTF_8)
                .load();
    }

    /** {@link #state} believes the set's number, so it must be that of the files. */
    private static void requireLatest(MigrationSet set, Flyway flyway) {
        int highest = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState().isResolved())
                .mapToInt(migration -> Integer.parseInt(migration.getVersion().getVersion()))
                .max()
                .orElse(0);
        if (highest != set.latest()) {
            throw new IllegalStateException("the migrations of " + set.name() + " in " + set.location()
                    + " end at version " + highest + ", not at " + set.latest());
        }
    }
}
