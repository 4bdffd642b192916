package io.sealpost.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealpost.database.Database;
import io.sealpost.database.ServerChecks;
import io.sealpost.database.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.Driver;

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
        Process starter = startOther(place);
        long pid = Endpoint.read(place.resolve("endpoint.json")).orElseThrow().pid();
        starter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        assertThat(isAlive(pid)).isTrue();
        try (EmbeddedMariaDb next = join(place)) {
            assertThat(next.pid()).isEqualTo(pid);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(pid)); // Collected by whoever inherited it.
    }

    @Test
    void keepsTheServerWhileAnotherProcessUsesIt() throws Exception {
        Path place = folder.resolve("db");
        EmbeddedMariaDb mine = join(place);
        Process other = startOther(place);

        mine.close();

        assertThat(isAlive(mine.pid())).isTrue();
        other.getOutputStream().close(); // It leaves in order.
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(isAlive(mine.pid())).isFalse();
    }

    @Test
    void findsAServerWhoseStarterDiedBeforeItToldOfIt() throws Exception {
        Path place = folder.resolve("db");
        Process starter = startOther(place);
        long pid = Endpoint.read(place.resolve("endpoint.json")).orElseThrow().pid();
        starter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        Files.delete(place.resolve("endpoint.json"));

        try (EmbeddedMariaDb next = join(place)) {
            assertThat(next.pid()).isEqualTo(pid);
        }
    }

    @Test
    void neverTouchesAForeignServerThatGotItsPid() throws IOException {
        try (EmbeddedMariaDb foreign = join(folder.resolve("foreign"))) {
            Path place = folder.resolve("db");
            join(place).close();
            Files.writeString(
                    place.resolve("endpoint.json"),
                    "{\"host\":\"127.0.0.1\",\"port\":1,\"pid\":" + foreign.pid() + "}");
            try (EmbeddedMariaDb server = join(place)) {
                assertThat(server.pid()).isNotEqualTo(foreign.pid());
            }
            assertThat(isAlive(foreign.pid())).isTrue();
        }
    }

    @Test
    void opensDataThatLostItsPassword() throws IOException {
        Path place = folder.resolve("db");
        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            database.transactions().read(handle -> handle.execute("CREATE TABLE t AS SELECT 5 AS n"));
        }
        Files.delete(place.resolve("password"));

        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            assertThat(select(database, "SELECT n FROM t")).isEqualTo(5);
        }
    }

    @Test
    void letsNobodyInButItsUser() {
        try (EmbeddedMariaDb server = join(folder.resolve("db"))) {
            String url = server.settings().url() + "?sslMode=disable&password=&user=";
            for (String user : List.of("", "root", "mysql", "mariadb.sys", System.getProperty("user.name"))) {
                assertThatThrownBy(() -> new Driver().connect(url + user, new Properties()))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getErrorCode()).isIn(1045, 1698, 4151));
            }
            assertThat(Files.exists(folder.resolve("db").resolve("entry.sql"))).isFalse();
        }
    }

    @Test
    void saysWhatTheServerComplainsOfAndCanBeTriedAgain() throws IOException {
        Path place = folder.resolve("db");
        join(place).close();
        Path log = place.resolve("data").resolve("ib_logfile0");
        byte[] whole = Files.readAllBytes(log);
        Files.write(log, new byte[whole.length]);

        assertThatThrownBy(() -> join(place))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageContaining("ended while it started: InnoDB: ");
        Files.write(log, whole);
        join(place).close();
    }

    @Test
    void refusesAMemoryDisk() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && Files.getFileStore(memory).type().equals("tmpfs"));
        Path place = Files.createTempDirectory(memory, "sealpost");
        try {
            assertThatThrownBy(() -> join(place))
                    .isInstanceOf(EmbeddedProblem.class)
                    .hasMessageContaining("memory disk");
        } finally {
            Files.delete(place);
        }
    }

    @Test
    void refusesTheDirectoryOfAnotherUser() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"));
        Path place = Files.createDirectory(folder.resolve("db"));
        Files.setOwner(
                place, place.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThatThrownBy(() -> join(place))
                .isInstanceOf(EmbeddedProblem.class)
                .hasMessageContaining("belongs to the user nobody; run this as nobody");
    }

    private Process startOther(Path place) throws IOException {
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        place.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("starter.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(place.resolve("joined")));
        return starter;
    }

    /** Joins, and leaves when its input ends or it is killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws IOException {
            EmbeddedMariaDb joined = join(Path.of(args[0]));
            Files.writeString(Path.of(args[0], "joined"), Long.toString(joined.pid()));
            if (System.in.read() < 0) {
                joined.close();
            }
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
            assertThat(ServerChecks.problems(database.transactions())).isEmpty();
        }
    }

    @Test
    void keepsItsTemporaryTablesFromOtherServers() {
        Path place = folder.resolve("db");
        try (EmbeddedMariaDb server = join(place);
                Database database = Database.open(server.settings())) {
            String temporary = database.transactions()
                    .read(handle ->
                            handle.select("SELECT @@tmpdir").mapTo(String.class).one());

            assertThat(temporary)
                    .isEqualTo(place.toAbsolutePath().resolve("tmp").toString());
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
