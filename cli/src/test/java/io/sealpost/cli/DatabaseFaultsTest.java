package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.StatementCutter;
import io.sealpost.fixtures.StatementCutter.Moment;
import io.sealpost.fixtures.StatementCutter.Then;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says when database, tables or master key are not as they must be: one sentence, a code, nothing changed. */
class DatabaseFaultsTest {
    /** Three seconds for a connection, and what the program itself needs on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "[[listener]]\nname = \"submission\"\naddress = \"127.0.0.1:0\"\n");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void tellsEveryCommandToTryLaterAndWhyWhereTheDatabaseIsAwaySilentOrRefusesThePassword() throws IOException {
        try (ServerSocket silent = new ServerSocket()) {
            silent.bind(Loopback.socket("127.0.0.1", 0));
            Path nobody = settings("nobody.toml", "127\\.0\\.0\\.1:\\d+/", "127.0.0.1:" + Loopback.freePort() + "/");
            Path mute = settings("mute.toml", "127\\.0\\.0\\.1:\\d+/", "127.0.0.1:" + silent.getLocalPort() + "/");
            Path stranger = settings("stranger.toml", "database\\.password", "database.wrong");
            Files.writeString(folder.resolve("database.wrong"), "no such password");
            long start = System.nanoTime();

            List<CompletableFuture<Ended>> refused = allAtOnce(
                    nobody,
                    "queue list",
                    "domain add x.test",
                    "account list",
                    "tenant list",
                    "dkim list office.test",
                    "migrate",
                    "serve");
            List<CompletableFuture<Ended>> unheard = allAtOnce(mute, "queue list");
            List<CompletableFuture<Ended>> denied = allAtOnce(stranger, "queue list", "domain list");

            triesLater("Connection refused", refused);
            triesLater("", unheard);
            triesLater("Access denied", denied);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    private List<CompletableFuture<Ended>> allAtOnce(Path settings, String... lines) {
        return Stream.of(lines)
                .map(line -> async(() -> shell.run((line + " --config " + settings).split(" "))))
                .toList();
    }

    private static void triesLater(String reason, List<CompletableFuture<Ended>> all) {
        assertThat(all).map(CompletableFuture::join).allSatisfy(ended -> {
            assertThat(ended.code()).as(ended.err()).isEqualTo(Sysexits.TEMPFAIL);
            assertThat(ended.err())
                    .startsWith("sealpost: the database cannot be reached now")
                    .contains(reason)
                    .doesNotContain("no such password")
                    .hasLineCount(1);
        });
    }

    @Test
    void saysThatNobodyKnowsWhereTheAnswerToTheCommitWasLost() throws IOException {
        try (StatementCutter way = StatementCutter.to(shell.database().server()::address)) {
            String port = Integer.toString(way.address().getPort());
            Path cut = settings("cut.toml", "127\\.0\\.0\\.1:\\d+/", "127.0.0.1:" + port + "/");
            way.cutAt("COMMIT", Moment.AFTER, Then.BACK);

            Ended ended = shell.run("domain", "add", "shop.test", "--config", cut.toString());

            assertThat(way.wasCut()).isTrue();
            assertThat(ended.code()).as(ended.err()).isEqualTo(Sysexits.TEMPFAIL);
            assertThat(ended.err())
                    .contains("before it said whether this was stored; look whether it was")
                    .hasLineCount(1);
            assertThat(shell.run("domain", "add", "shop.test").code())
                    .as("or it is there already")
                    .isIn(Sysexits.OK, Sysexits.CANTCREAT);
        }
    }

    @Test
    void saysThatThePasswordFileIsNotThere() throws IOException {
        Files.delete(folder.resolve("database.password"));

        refuses("database.password cannot be read", "queue list", "migrate");
    }

    @Test
    void takesAPasswordFileThatOthersCanReadAsContainersMountThem() throws IOException {
        Files.setPosixFilePermissions(
                folder.resolve("database.password"), PosixFilePermissions.fromString("r--r--r--"));

        assertThat(shell.run("queue", "list").code()).isZero();
    }

    @Test
    void refusesTablesThatAreOlderAndNamesTheCommandThatHelps() {
        sql("DROP TABLE schema_queue");

        refuses("migrations pending); run: sealpost migrate", "queue list", "domain add x.test", "serve");
    }

    @Test
    void refusesTablesOfANewerRelease() {
        sql("UPDATE schema_queue SET version = '999' ORDER BY installed_rank DESC LIMIT 1");
        sql("REPLACE INTO release_floor (module, oldest) VALUES ('queue', 999)");

        refuses("are of a newer release (queue 999)", "queue list", "domain add x.test", "serve", "migrate --dry-run");
    }

    @Test
    void refusesTablesWhoseMigrationFailedHalfWay() {
        // The latest one of that module makes its table where it is missing.
        sql("UPDATE schema_database SET success = 0 ORDER BY installed_rank DESC LIMIT 1");

        refuses("failed half-way; run: sealpost migrate", "queue list", "domain add x.test", "serve");
        Ended migrated = shell.run("migrate");
        assertThat(migrated.code()).as("%s", migrated).isZero();
        assertThat(shell.run("queue", "list").code()).isZero();
    }

    @Test
    void refusesAMasterKeyThatIsNotTheOneOfTheDatabase() throws IOException {
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", "anna@office.test", "--generate");
        String other = "A".repeat(43) + "=\n"; // Well-formed: 32 bytes of zero.
        Files.writeString(shell.masterKey(), other, StandardCharsets.US_ASCII);

        refuses(
                "this master key is not the one of this database",
                "dkim create office.test",
                "app-password create anna@office.test --label x",
                "serve");
        assertThat(shell.run("queue", "list").code()).as("needs none").isZero();
        assertThat(Files.readString(shell.masterKey(), StandardCharsets.US_ASCII))
                .isEqualTo(other);
    }

    @Test
    void refusesAMasterKeyThatOthersCanReadThatIsGoneOrNoKeyAtAll() throws IOException {
        shell.run("domain", "add", "office.test");
        Path key = shell.masterKey();

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        refuses("chmod 600", "dkim create office.test", "serve");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(key, "not a key\n");
        refuses("is not 32 bytes in base64", "dkim create office.test", "serve");
        Files.delete(key);
        refuses("is not there", "dkim create office.test", "serve");
        Files.createDirectory(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        refuses("cannot be read", "dkim create office.test");
    }

    @Test
    void aPrivateDatabaseOfAnotherUserIsNotOpened() throws IOException {
        Path data = Files.createDirectory(folder.resolve("db"));
        assumeTrue(isGivenToNobody(data), "only root gives files away");

        Ended ended = embedded(data);

        assertThat(ended.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(ended.err()).contains("belongs to the user", "run this as").hasLineCount(1);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void aPrivateDatabaseWhoseFolderCannotBeMadeIsOneSentence() throws IOException {
        Ended ended = embedded(Files.writeString(folder.resolve("file"), "").resolve("db"));

        assertThat(ended.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(ended.err())
                .contains("cannot be used")
                .doesNotContain("\tat ")
                .hasLineCount(1);
    }

    private Ended embedded(Path data) throws IOException {
        Files.writeString(shell.file(), "hostname = \"relay.office.test\"\n[database]\ndata_dir = \"" + data + "\"\n");
        return shell.run("queue", "list");
    }

    private static boolean isGivenToNobody(Path file) {
        try {
            Files.setAttribute(file, "unix:uid", 65534);
            return true;
        } catch (IOException | UnsupportedOperationException notAllowed) {
            return false;
        }
    }

    /** All of them, with the code for settings and one sentence. */
    private void refuses(String part, String... lines) {
        for (String line : lines) {
            Ended ended = shell.run(line.split(" "));
            assertThat(ended.code()).as("%s: %s", line, ended).isEqualTo(Sysexits.CONFIG);
            assertThat(ended.err())
                    .as(line)
                    .startsWith("sealpost: ")
                    .contains(part)
                    .hasLineCount(1);
            assertThat(ended.out()).as(line).isEmpty();
        }
    }

    private static <T> CompletableFuture<T> async(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error failed) {
                        result.completeExceptionally(failed);
                    }
                })
                .start();
        return result;
    }

    /** The same settings with something else in them. */
    private Path settings(String name, String pattern, String by) throws IOException {
        String text = Files.readString(shell.file(), StandardCharsets.UTF_8);
        return Files.writeString(folder.resolve(name), text.replaceAll(pattern, by), StandardCharsets.UTF_8);
    }

    private void sql(String statement) {
        shell.database().transactions().read(handle -> handle.execute(statement));
    }
}
