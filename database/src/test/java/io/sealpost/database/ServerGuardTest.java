package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.embedded.EmbeddedMariaDb;
import io.sealpost.database.embedded.EmbeddedSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose settings change while mail runs, and one that is slow at the start. */
class ServerGuardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private static Path folder;

    private static EmbeddedMariaDb server;

    @BeforeAll
    static void start() {
        server = EmbeddedMariaDb.join(
                new EmbeddedSettings(folder.resolve("db"), EmbeddedSettings.MemoryDisk.ALLOWED, line -> {}));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static int one(Database database) {
        return database.transactions()
                .read(handle -> handle.select("SELECT 1").mapTo(Integer.class).one());
    }

    @Test
    void letsNobodyInWhileTablesCouldBeLostAndGoesOnByItself() {
        try (Database database = Database.reach(server::settings)) {
            database.requireSafeServer();
            assertThat(one(database)).isEqualTo(1);

            try (Database other = Database.reach(server::settings)) {
                other.transactions().read(handle -> handle.execute("CREATE TABLE lossy (id INT) ENGINE = Aria"));
                database.measureQuietly();
                assertThatThrownBy(() -> one(database))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("not of InnoDB (lossy)");

                other.transactions().read(handle -> handle.execute("DROP TABLE lossy"));
                await().atMost(PATIENCE).ignoreExceptions().until(() -> one(database) == 1);
            }
        }
    }

    /** Of two hosts the first is a primary no more. */
    @Test
    void takesTheHostThatIsFitWhereTheFirstThatAnswersIsNot() {
        try (EmbeddedMariaDb second = EmbeddedMariaDb.join(
                        new EmbeddedSettings(folder.resolve("db2"), EmbeddedSettings.MemoryDisk.ALLOWED, line -> {}));
                Database former = Database.reach(second::settings)) {
            former.transactions().read(handle -> {
                handle.execute("CREATE TABLE lossy (id INT) ENGINE = Aria");
                return handle.execute("SET PASSWORD = PASSWORD('"
                        + server.settings().password().reveal() + "')");
            });
            DatabaseSettings both = new DatabaseSettings(
                    "jdbc:mariadb:sequential://" + hostOf(second.settings()) + "," + hostOf(server.settings())
                            + "/sealpost",
                    server.settings().user(),
                    server.settings().password(),
                    1);
            try (Database database = Database.reach(() -> both)) {
                assertThat(port(database)).isEqualTo(portOf(second.settings()));

                database.requireSafeServer();
                database.measureQuietly();

                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> port(database).equals(portOf(server.settings())));
            }
        }
    }

    private static String port(Database database) {
        return database.transactions()
                .read(handle ->
                        handle.select("SELECT @@port").mapTo(String.class).one());
    }

    private static String hostOf(DatabaseSettings settings) {
        return settings.url().replaceFirst(".*//([^/]+)/.*", "$1");
    }

    private static String portOf(DatabaseSettings settings) {
        return hostOf(settings).replaceFirst(".*:", "");
    }

    @Test
    void aFirstConnectionThatNobodyRefusesIsWaitedForAndARefusalIsNot() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            DatabaseSettings mute = at(silent.getLocalPort());
            long start = System.nanoTime();
            assertThatThrownBy(() -> Database.reach(() -> mute, Duration.ofSeconds(5)))
                    .isInstanceOf(StoreUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(5));
        }
        int nobody = free();
        long start = System.nanoTime();
        assertThatThrownBy(() -> Database.reach(() -> at(nobody), Duration.ofMinutes(5)))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("refused");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    private static DatabaseSettings at(int port) {
        return new DatabaseSettings(
                "jdbc:mariadb://127.0.0.1:" + port + "/x",
                "x",
                server.settings().password(),
                1);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
