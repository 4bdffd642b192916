package io.sealpost.cli.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.wiring.Backups;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.SchemaState;
import io.sealpost.database.Transactions;
import io.sealpost.database.backup.Manifest;
import io.sealpost.fixtures.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of tables as the first release made them is put into an empty database, and brought up to this release by that. */
class BackupOfTheFirstReleaseTest {
    @TempDir
    private Path folder;

    private final TestDatabase any = TestDatabase.open();
    private final DatabaseSettings old = fresh("_old");
    private final DatabaseSettings target = fresh("_new");

    private DatabaseSettings fresh(String suffix) {
        return any.settings().withSchema(any.settings().schema() + suffix);
    }

    @BeforeEach
    void load() throws IOException {
        for (DatabaseSettings one : List.of(old, target)) {
            any.transactions().read(handle -> handle.execute("CREATE DATABASE " + one.schema()));
        }
        try (Database database = Database.open(old);
                InputStream dump = DumpOfTheFirstReleaseTest.resource("0.1.sql.gz")) {
            SchemaDump.load(database.transactions(), dump);
        }
        DumpOfTheFirstReleaseTest.masterKey(folder);
    }

    @AfterEach
    void drop() {
        for (DatabaseSettings one : List.of(old, target)) {
            any.transactions().read(handle -> handle.execute("DROP DATABASE " + one.schema()));
        }
        any.close();
    }

    private Backups backups(DatabaseSettings database) throws IOException {
        Files.writeString(
                folder.resolve("database.password"), database.password().reveal());
        Path file = Files.writeString(
                folder.resolve(database.schema() + ".toml"), """
                hostname = "relay.office.test"
                [database]
                mode = "server"
                url = "%s"
                user = "%s"
                password_file = "database.password"
                [keys]
                master_key_file = "master.key"
                [[listener]]
                name = "submission"
                address = "127.0.0.1:0"
                """.formatted(database.url(), database.user()));
        Settings settings = ((LoadedSettings.Valid) SettingsFile.load(file, Map.of())).settings();
        return new Backups(settings, "test", line -> {}, (table, rows, bytes) -> {});
    }

    @Test
    void isRestoredWithAccountsKeysAndItsMailOnHold() throws Exception {
        Path file = folder.resolve("backup.zip");
        Manifest manifest = backups(old).take(file, "0.1.0");
        assertThat(manifest.schema()).as("older than this release").isNotEqualTo(latest());

        Backups.Restored restored = backups(target).restore(file, Backups.Waiting.HELD);

        assertThat(restored.held()).isEqualTo(1);
        try (Database database = Database.open(target)) {
            Transactions transactions = database.transactions();
            assertThat(Schema.migrations().state(transactions)).isInstanceOf(SchemaState.Current.class);
            DumpOfTheFirstReleaseTest.accountLogsInAndKeysSign(transactions, folder);
            List<Integer> states = transactions.read(handle -> handle.select("SELECT state FROM delivery")
                    .mapTo(Integer.class)
                    .list());
            assertThat(states)
                    .as("both on hold: the one that was, and the one that waited")
                    .containsExactly(4, 4);
        }
    }

    private static Map<String, Integer> latest() {
        return Schema.SETS.stream().collect(Collectors.toMap(MigrationSet::name, MigrationSet::latest));
    }
}
