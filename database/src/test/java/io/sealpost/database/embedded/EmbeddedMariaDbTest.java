package io.sealpost.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.Database;
import io.sealpost.database.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbTest {
    @TempDir
    private Path folder;

    @Test
    void keepsWhatWasCommittedOverAStop() {
        Path place = folder.resolve("db");
        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            database.transactions().read(handle -> handle.execute("CREATE TABLE t (n INT)"));
            database.transactions().run(handle -> handle.execute("INSERT INTO t VALUES (42)"));
        }
        assertThat(Files.exists(place.resolve("endpoint.json"))).isFalse();
        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            assertThat(select(database, "SELECT n FROM t")).isEqualTo(42);
        }
    }

    @Test
    void sharesOneServerAndStopsItWithTheLast() {
        EmbeddedMariaDb first = join(folder.resolve("db"));
        EmbeddedMariaDb second = join(folder.resolve("db"));
        long pid = first.pid();

        assertThat(second.pid()).isEqualTo(pid);
        first.close();
        assertThat(isAlive(pid)).isTrue();
        second.close();
        assertThat(isAlive(pid)).isFalse();
    }

    @Test
    void leavesTheServerOfAKilledStarterToTheNext() throws Exception {
        Path place = folder.resolve("db");
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        place.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("starter.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(place.resolve("joined")));
        long pid = Endpoint.read(place.resolve("endpoint.json")).orElseThrow().pid();
        starter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        assertThat(isAlive(pid)).isTrue();
        try (EmbeddedMariaDb next = join(place)) {
            assertThat(next.pid()).isEqualTo(pid);
        }
        assertThat(isAlive(pid)).isFalse();
    }

    /** Joins and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws IOException {
            EmbeddedMariaDb joined = join(Path.of(args[0]));
            Files.writeString(Path.of(args[0], "joined"), Long.toString(joined.pid()));
            assertThat(System.in.read()).isNegative();
        }
    }

    @Test
    void startsAKilledServerAgainWithItsRows() {
        try (EmbeddedMariaDb server = join(folder.resolve("db"));
                Database database = Database.open(server::settings)) {
            database.transactions().read(handle -> handle.execute("CREATE TABLE t (n INT)"));
            database.transactions().run(handle -> handle.execute("INSERT INTO t VALUES (7)"));
            long pid = server.pid();
            server.watch();

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60))
                    .ignoreException(StoreUnavailable.class)
                    .until(() -> server.pid() != pid && select(database, "SELECT n FROM t") == 7);
        }
    }

    @Test
    void refusesDataThatANewerServerMade() throws IOException {
        Path place = folder.resolve("db");
        Files.createDirectories(place.resolve("data"));
        Files.writeString(place.resolve("version"), "99.1.0\n");

        assertThatThrownBy(() -> join(place))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageContaining("made by MariaDB 99.1.0");
    }

    @Test
    void keepsItsFilesToItsOwner() throws IOException {
        Path place = folder.resolve("db");
        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            assertThat(rights(place)).isEqualTo("rwx------");
            assertThat(rights(place.resolve("data"))).isEqualTo("rwx------");
            assertThat(rights(place.resolve("password"))).isEqualTo("rw-------");
            assertThat(select(database, "SELECT @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo(1);
            assertThat(io.sealpost.database.ServerChecks.problems(database.transactions()))
                    .isEmpty();
        }
    }

    @Test
    void readsVersions() {
        assertThat(ServerVersion.find("mariadbd  Ver 10.11.6-MariaDB-0+deb12u1 for debian"))
                .contains(new ServerVersion(10, 11, 6));
        assertThat(ServerVersion.find("none")).isEmpty();
        assertThat(new ServerVersion(10, 6, 30)).isLessThan(new ServerVersion(10, 11, 0));
    }

    private static EmbeddedMariaDb join(Path place) {
        return EmbeddedMariaDb.join(EmbeddedSettings.in(place, line -> {}));
    }

    private static int select(Database database, String sql) {
        return database.transactions()
                .read(handle -> handle.select(sql).mapTo(Integer.class).one());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
