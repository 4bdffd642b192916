package io.sealpost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of one schema, put into another that is empty. */
class BackupCommandTest {
    private static final String KEEP = "queue list --json";

    @TempDir
    private Path folder;

    private Shell shell;
    private Path backup;
    private Path target;
    private DatabaseSettings empty;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
        backup = folder.resolve("backup.zip");
        empty = shell.database()
                .settings()
                .withSchema(shell.database().settings().schema() + "_b");
        sql("CREATE DATABASE " + empty.schema());
        target = folder.resolve("target.toml");
        Files.writeString(
                target,
                Files.readString(shell.file(), UTF_8)
                        .replaceFirst("url = \"[^\"]*\"", "url = \"" + empty.url() + "\""));
        ok("domain add office.test");
        ok("dkim create office.test");
        ok("account add anna@office.test --generate");
        QueuedMail.store(shell);
    }

    @AfterEach
    void close() {
        sql("DROP DATABASE IF EXISTS " + empty.schema());
        shell.close();
    }

    private void sql(String statement) {
        shell.database().transactions().read(handle -> handle.execute(statement));
    }

    private Ended run(String line) {
        return shell.run(line.split(" "));
    }

    private String ok(String line) {
        Ended ended = run(line);
        assertThat(ended.code()).as("%s: %s", line, ended).isZero();
        return ended.out();
    }

    private void fails(int code, String part, String line) {
        Ended ended = run(line);
        assertThat(ended.code()).as("%s: %s", line, ended).isEqualTo(code);
        assertThat(ended.err()).contains(part).doesNotContain("\tat ", "Exception");
    }

    private String restore() {
        return "restore " + backup + " --config " + target;
    }

    private String count(String table) {
        return shell.database()
                .transactions()
                .read(handle -> handle.select("SELECT COUNT(*) FROM " + empty.schema() + "." + table)
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void isAFileOfItsOwnersThatHoldsAllButTheMasterKeyAndComesBackHeld() throws IOException {
        String said = ok("backup " + backup);
        assertThat(said).contains("The master key is not in it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(ok("restore --check " + backup)).contains("The backup is whole", "opens its keys");

        assertThat(ok(restore())).contains("1 deliveries are held");

        String held = ok("queue list --config " + target);
        assertThat(held).contains("bert@shop.test", "carl@other.test", "restored from a backup of", "no key");
        assertThat(ok("account list --config " + target)).contains("anna@office.test");
        assertThat(ok("dkim dns office.test --config " + target)).isEqualTo(ok("dkim dns office.test"));
        ok("app-password create anna@office.test --label x --config " + target);
        assertThat(count("audit WHERE action IN ('backup', 'restore')")).isEqualTo("1");
        assertThat(count("node")).isEqualTo("0");
        assertThat(count("change_feed WHERE kind = 'QUEUE_HOLD'")).isEqualTo("1");
    }

    @Test
    void whatWaitedGoesOnWaitingWhereSoTold() {
        sql("UPDATE delivery SET state = 2, node = 5, claim = 7, lease_until = '2026-01-01' WHERE state = 1");
        ok("backup " + backup);

        assertThat(ok(restore() + " --released")).contains("goes out when serve runs");

        assertThat(count("delivery WHERE state = 1 AND node IS NULL AND claim IS NULL"))
                .isEqualTo("1");
    }

    /** A deleted account's id is never given again: its mail may still wait. */
    @Test
    void idsGoOnBehindThoseThatWereGiven() {
        sql("ALTER TABLE account AUTO_INCREMENT = 4711");
        ok("backup " + backup);
        ok(restore());

        ok("account add bert@office.test --generate --config " + target);

        assertThat(count("account WHERE id = 4711")).isEqualTo("1");
    }

    @Test
    void goesIntoAFolderUnderANameOfItsTimeAndNeverOverAnotherFile() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        ok("backup " + place);
        assertThat(place.toFile().list()).singleElement().asString().matches("sealpost-\\d{8}T\\d{6}Z\\.zip");

        Files.writeString(backup, "mine");
        fails(Sysexits.CANTCREAT, "never overwritten", "backup " + backup);
        assertThat(backup).hasContent("mine");
        fails(Sysexits.CANTCREAT, "the folder of", "backup " + folder.resolve("nowhere/b.zip"));
    }

    @Test
    void aDamagedOrCutFileIsToldBeforeAnythingIsTouched() throws IOException {
        ok("backup " + backup);
        byte[] whole = Files.readAllBytes(backup);

        byte[] altered = whole.clone();
        int tables = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("tables/delivery.jsonl");
        altered[tables + 60] = (byte) (altered[tables + 60] ^ 1);
        Files.write(backup, altered);
        fails(Sysexits.DATAERR, "is damaged", "restore --check " + backup);
        fails(Sysexits.DATAERR, "is damaged", restore());
        Files.write(backup, java.util.Arrays.copyOf(whole, whole.length / 2));
        fails(Sysexits.DATAERR, "was cut short", "restore --check " + backup);
        fails(Sysexits.DATAERR, "was cut short", restore());
        assertThat(tables()).isEmpty();

        Files.write(backup, whole);
        ok(restore());
    }

    private List<String> tables() {
        return shell.database()
                .transactions()
                .read(handle -> handle.select("SHOW TABLES FROM " + empty.schema())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void anotherMasterKeyIsToldBeforeAnythingIsTouched() throws IOException {
        ok("backup " + backup);
        Files.writeString(shell.masterKey(), "A".repeat(43) + "=\n");

        fails(Sysexits.CONFIG, "is not the one of this backup", restore());
        fails(Sysexits.CONFIG, "is not the one of this backup", "restore --check " + backup);
        assertThat(tables()).isEmpty();
    }

    @Test
    void onlyAnEmptyDatabaseIsFilled() {
        ok("backup " + backup);
        ok("migrate --config " + target);
        ok("domain add other.test --config " + target);

        fails(Sysexits.CONFIG, "is not empty", restore());
        fails(Sysexits.CONFIG, "is not empty", "restore " + backup);
        assertThat(ok("domain list --config " + target)).contains("other.test");
    }

    @Test
    void tablesWithoutRowsAreEmptyEnough() {
        ok("backup " + backup);
        ok("migrate --config " + target);

        ok(restore());
    }

    @Test
    void aRestoreThatWasCutShortIsToldByAllAndCanBeRepeated() {
        ok("backup " + backup);
        ok(restore());
        sql("CREATE TABLE " + empty.schema() + ".schema_restoring (id INT PRIMARY KEY)");
        sql("DELETE FROM " + empty.schema() + ".message_content");

        fails(Sysexits.CONFIG, "run sealpost restore again", KEEP + " --config " + target);
        fails(Sysexits.CONFIG, "run sealpost restore again", "migrate --config " + target);
        fails(
                Sysexits.CONFIG,
                "run sealpost restore again",
                "backup " + folder.resolve("half.zip") + " --config " + target);
        ok(restore());
        assertThat(count("message_content")).isEqualTo("1");
        ok(KEEP + " --config " + target);
    }

    @Test
    void aBackupOfANewerReleaseIsLeftToThatOne() {
        sql("UPDATE schema_queue SET version = '999' ORDER BY installed_rank DESC LIMIT 1");
        ok("backup " + backup);

        fails(Sysexits.CONFIG, "is of a newer release", restore());
        assertThat(tables()).isEmpty();
    }

    @Test
    void aFullDiskIsToldAndLeavesNoBackup() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(mounted("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()), "cannot mount here");
        try {
            noise(200);
            fails(Sysexits.IOERR, "No space left on device", "backup " + small.resolve("b.zip"));
            assertThat(small).isEmptyDirectory();
        } finally {
            mounted("umount", small.toString());
        }
    }

    private static boolean mounted(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** Contents of 16 KB that no compression makes smaller than half. */
    private void noise(int parts) {
        sql("""
                INSERT INTO message_content (message, part, bytes)
                SELECT 1, s.seq, GROUP_CONCAT(SHA2(CONCAT(s.seq, '-', n.seq), 512) SEPARATOR '')
                FROM seq_1_to_%d s, seq_1_to_128 n GROUP BY s.seq""".formatted(parts));
    }

    @Test
    void aKilledBackupLeavesNothingThatLooksLikeOneAndTheNextTakesItsPlace() throws Exception {
        noise(5_000);
        Path part = folder.resolve("backup.zip.part");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sealpost.cli.Sealpost",
                        "backup",
                        backup.toString(),
                        "--config",
                        shell.file().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("backup.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> (Files.exists(part) && Files.size(part) > 1_000_000) || !process.isAlive());
        process.destroyForcibly().waitFor();

        assertThat(backup).doesNotExist();
        assertThat(part).exists();
        fails(Sysexits.DATAERR, "was cut short", "restore --check " + part);
        ok("backup " + backup);
        assertThat(part).doesNotExist();
        ok("restore --check " + backup);
    }
}
