package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.database.SchemaState.Current;
import io.sealpost.database.SchemaState.Damaged;
import io.sealpost.database.SchemaState.TooNew;
import io.sealpost.database.SchemaState.TooOld;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final MigrationSet FIRST = new MigrationSet("first", "io/sealpost/database/first", 1, 1);
    private static final MigrationSet GROWN = new MigrationSet("first", "io/sealpost/database/first_grown", 2, 2);
    private static final MigrationSet OTHER = new MigrationSet("other", "io/sealpost/database/other", 1, 1);
    private static final MigrationSet BROKEN = new MigrationSet("broken", "io/sealpost/database/broken", 1, 1);

    private DatabaseSettings settings;
    private Database database;

    @BeforeEach
    void open() {
        settings = TestServer.freshSchema();
        database = Database.open(settings.withPoolSize(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private SchemaState state(MigrationSet... sets) {
        return new Migrations(List.of(sets)).state(database.transactions());
    }

    private void migrate(MigrationSet... sets) {
        new Migrations(List.of(sets)).migrate(settings);
    }

    @Test
    void takesTheSetsOfSeveralModulesSideBySide() {
        assertThat(state(FIRST, OTHER)).isEqualTo(new TooOld(2));

        migrate(FIRST, OTHER);

        assertThat(state(FIRST, OTHER)).isEqualTo(new Current());
        migrate(FIRST, OTHER); // Nothing to do.
    }

    @Test
    void runsOnlyWhatIsPending() {
        migrate(FIRST);
        database.transactions().run(handle -> handle.execute("INSERT INTO one (id) VALUES (1)"));

        assertThat(state(GROWN, OTHER)).isEqualTo(new TooOld(2));
        migrate(GROWN, OTHER);

        assertThat(state(GROWN, OTHER)).isEqualTo(new Current());
        int rows = database.transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM one WHERE more IS NULL")
                        .mapTo(Integer.class)
                        .one());
        assertThat(rows).isOne();
    }

    @Test
    void knowsTablesOfANewerReleaseAndLeavesThemAlone() {
        migrate(GROWN);

        assertThat(state(FIRST)).isEqualTo(new TooNew("first", 2));
        migrate(FIRST);
        assertThat(state(GROWN)).isEqualTo(new Current());
    }

    @Test
    void theReleaseBeforeStartsOnTablesThatOnlyGrew() {
        MigrationSet onlyAdded = new MigrationSet("first", GROWN.location(), 2, 1);
        migrate(MigrationSet.DATABASE, FIRST);

        migrate(MigrationSet.DATABASE, onlyAdded);

        assertThat(state(MigrationSet.DATABASE, FIRST)).isEqualTo(new Current());
    }

    @Test
    void aReleaseThatTheNewTablesShutOutDoesNotStart() {
        migrate(MigrationSet.DATABASE, FIRST);

        migrate(MigrationSet.DATABASE, GROWN);

        assertThat(state(MigrationSet.DATABASE, FIRST)).isEqualTo(new TooNew("first", 2));
    }

    @Test
    void aMigrationThatBrokeHalfwayHasShutOutTheReleaseBeforeAlready() {
        migrate(MigrationSet.DATABASE, FIRST);
        database.transactions().run(handle -> handle.execute("UPDATE schema_first SET checksum = checksum + 1"));

        assertThatThrownBy(() -> migrate(GROWN)).isInstanceOf(FlywayException.class);

        assertThat(oldest("first")).isEqualTo(2);
    }

    @Test
    void aReleaseGoesOnWhereTheMigrationOfANewerOneFailedUnlessThatShutItOut() {
        migrate(MigrationSet.DATABASE, FIRST);
        database.transactions().run(handle -> handle.execute("""
                INSERT INTO schema_first (installed_rank, version, description, type, script, installed_by, execution_time, success)
                VALUES (90, '2', 'x', 'SQL', 'V2__x.sql', 'x', 1, 0)"""));
        assertThat(state(MigrationSet.DATABASE, FIRST)).isEqualTo(new Current());

        database.transactions().run(handle -> MigrationSql.recordOldest(handle, "first", 2));

        assertThat(state(MigrationSet.DATABASE, FIRST)).isEqualTo(new TooNew("first", 2));
    }

    private int oldest(String module) {
        return database.transactions()
                .read(handle -> MigrationSql.oldest(handle, module))
                .orElseThrow();
    }

    @Test
    void takesUpAMigrationThatFailed() {
        assertThatThrownBy(() -> migrate(BROKEN)).isInstanceOf(FlywayException.class);
        assertThat(state(BROKEN, OTHER)).isEqualTo(new Damaged("broken", 1));
        database.transactions()
                .run(handle -> handle.execute("CREATE TABLE missing (id INT PRIMARY KEY) ENGINE = InnoDB"));

        migrate(BROKEN);

        assertThat(state(BROKEN)).isEqualTo(new Current());
    }

    @Test
    void runsAgainWhatWasDoneButNotRecorded() {
        migrate(GROWN);
        database.transactions().run(handle -> handle.execute("DELETE FROM schema_first WHERE version = '2'"));

        migrate(GROWN); // A crash between the statement and its record looks like this.

        assertThat(state(GROWN)).isEqualTo(new Current());
    }

    @Test
    void refusesASetWhoseNumberIsNotThatOfItsFiles() {
        MigrationSet forgotten = new MigrationSet("first", GROWN.location(), 1, 1);

        assertThatThrownBy(() -> migrate(forgotten))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("end at version 2, not at 1");
    }

    @Test
    void statesCollationAndEngineOfEveryTable() {
        migrate(MigrationSet.DATABASE);

        List<String> others = database.transactions()
                .read(handle -> handle.select("""
                        SELECT table_name FROM information_schema.tables
                        WHERE table_schema = DATABASE() AND table_name NOT LIKE 'schema\\_%'
                          AND (engine <> 'InnoDB' OR table_collation <> 'utf8mb4_nopad_bin')""").mapTo(String.class).list());
        assertThat(others).isEmpty();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        DatabaseSettings nobody = new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/x", "x", new Secret("x"), 1);

        assertThatThrownBy(() -> new Migrations(List.of(FIRST)).migrate(nobody)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void refusesToBuildOnAFileThatWasAltered() {
        migrate(FIRST);
        database.transactions().run(handle -> handle.execute("UPDATE schema_first SET checksum = checksum + 1"));

        assertThatThrownBy(() -> migrate(GROWN))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum");
        assertThat(state(GROWN)).isEqualTo(new TooOld(1));
    }

    @Test
    void twoThatMigrateAtOnceBothEndWell() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Callable<Boolean> migrating = () -> {
            together.await(10, TimeUnit.SECONDS);
            migrate(GROWN, OTHER);
            return true;
        };
        for (Future<Boolean> one : threads.invokeAll(List.of(migrating, migrating))) {
            assertThat(one.get()).isTrue();
        }
        threads.shutdown();

        assertThat(state(GROWN, OTHER)).isEqualTo(new Current());
    }
}
