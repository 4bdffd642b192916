package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.queue.jdbc.QueueMigrations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} and {@code migrate}. */
class SetUpCommandTest {
    @TempDir
    private Path folder;

    private Ended run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        int code = Sealpost.run(
                console,
                Map.of("SEALPOST_CONFIG", folder.resolve("sealpost.toml").toString()),
                words);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void makesAllThatIsMissingAndSaysWhatComesNext() throws IOException {
        Ended made = run("init", "relay.example.net");

        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out().lines().limit(3)).allMatch(line -> line.contains(" (new"));
        assertThat(made.out()).contains("Next:\n", "sealpost dkim activate", "sealpost serve");
        assertThat(rights(folder.resolve("var/master.key"))).isEqualTo("rw-------");
        assertThat(rights(folder.resolve("var/tls/privkey.pem"))).isEqualTo("rw-------");
        assertThat(run("config", "check").code()).isZero();
    }

    @Test
    void takesASettingsFileAsItIsAndItsName() throws IOException {
        String own = "# mine\nhostname = \"mx.example.org\"\n[keys]\nmaster_key_file = \"elsewhere/key\"\n";
        Files.writeString(folder.resolve("sealpost.toml"), own);

        Ended made = run("init", "relay.example.net");

        assertThat(made.code()).isZero();
        assertThat(made.err()).contains("mx.example.org", "relay.example.net was not used");
        assertThat(Files.readString(folder.resolve("sealpost.toml"))).isEqualTo(own);
        assertThat(folder.resolve("elsewhere/key")).exists();
        assertThat(made.out()).contains("self-signed for mx.example.org");
    }

    @Test
    void refusesWhatIsNoName() {
        assertThat(run("init", "not_a..name").code()).isEqualTo(Sysexits.USAGE);
        Ended unsaid = run("init");
        assertThat(unsaid.code()).isEqualTo(Sysexits.USAGE);
        assertThat(unsaid.err()).contains("sealpost init relay.example.net");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));

        Ended ended = run(
                "init",
                "relay.example.net",
                "--config",
                file.resolve("sealpost.toml").toString());

        assertThat(ended.code()).isEqualTo(Sysexits.CANTCREAT);
        assertThat(ended.err()).startsWith("sealpost: ").contains(file.toString());
    }

    @Test
    void wantsBothHalvesOfACertificate() throws IOException {
        Files.createDirectories(folder.resolve("var/tls"));
        Files.createFile(folder.resolve("var/tls/fullchain.pem"));

        Ended ended = run("init", "relay.example.net");

        assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
        assertThat(ended.err()).contains("privkey.pem is missing beside its other half");
    }

    @Test
    void aDryRunMakesNoDatabase() {
        run("init", "relay.example.net");

        assertThat(run("migrate", "--dry-run").out()).startsWith("There is no database yet");

        assertThat(folder.resolve("var/db")).doesNotExist();
    }

    @Test
    void tellsEachMigrationThatItWouldRunAndRan() throws IOException {
        try (Shell shell = Shell.in(folder, "")) {
            assertThat(shell.run("migrate").out()).isEqualTo("The tables fit this release.\n");
            shell.database()
                    .transactions()
                    .read(handle -> handle.execute("DELETE FROM schema_queue WHERE version >= '3'"));

            Ended dry = shell.run("migrate", "--dry-run");
            int pending = QueueMigrations.SET.latest() - 2;
            assertThat(dry.out())
                    .startsWith("  queue 3: delivery\n  queue 4: journal\n")
                    .endsWith("\n" + pending + " migrations pending; nothing was changed.\n");
            Ended ran = shell.run("migrate");
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("  queue 3: delivery\n", "Ran " + pending + " migrations.");
            assertThat(shell.run("migrate", "--dry-run").out()).isEqualTo("The tables fit this release.\n");
        }
    }
}
