package io.sealpost.database;

import io.sealpost.database.embedded.EmbeddedMariaDb;
import io.sealpost.database.embedded.EmbeddedSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** The module's own server, started once a JVM; each class makes a schema of its own. */
final class TestServer {
    private static final EmbeddedMariaDb SERVER =
            EmbeddedMariaDb.join(EmbeddedSettings.in(Path.of("target", "test-mariadb" + suffix()), line -> {}));

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }

    private TestServer() {}

    /** Another server's data lies apart. */
    private static String suffix() {
        String folder = System.getenv("SEALPOST_TEST_MARIADB");
        return folder == null ? "" : "-" + Integer.toHexString(folder.hashCode());
    }

    /** Into the server. */
    static DatabaseSettings settings() {
        return SERVER.settings();
    }

    /** A fresh, empty schema. */
    static DatabaseSettings freshSchema() {
        String schema = "sealpost_" + UUID.randomUUID().toString().replace("-", "");
        try (Database database = Database.open(SERVER.settings())) {
            database.transactions().read(handle -> handle.execute("CREATE DATABASE " + schema));
        }
        return SERVER.settings().withSchema(schema).withPoolSize(8);
    }

    /** The same with this module's tables. */
    static DatabaseSettings migratedSchema() {
        DatabaseSettings settings = freshSchema();
        new Migrations(List.of(MigrationSet.DATABASE)).migrate(settings);
        return settings;
    }
}
