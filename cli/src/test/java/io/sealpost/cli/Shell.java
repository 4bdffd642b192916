package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.wiring.Installation;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.MigrationSet;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.mail.MailDomain;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Runs command lines as a user would, on a schema of its own, and keeps what they printed. Not thread-safe. */
final class Shell implements AutoCloseable {
    private static final MigrationSet[] SETS = Schema.SETS.stream()
            .filter(set -> !set.equals(MigrationSet.DATABASE))
            .toArray(MigrationSet[]::new);

    private final Path folder;
    private final TestDatabase database;

    /**
     * What one command line gave.
     *
     * @param code the exit code
     * @param out standard output
     * @param err standard error
     */
    record Ended(int code, String out, String err) {}

    private Shell(Path folder, TestDatabase database) {
        this.folder = folder;
        this.database = database;
    }

    /** With settings, master key and certificate in the folder, on a database in server mode. */
    static Shell in(Path folder, String more) throws IOException {
        Shell shell = new Shell(folder, TestDatabase.open(SETS));
        shell.writeSettings(shell.database.settings(), more);
        shell.run("init");
        return shell;
    }

    void writeSettings(DatabaseSettings settings, String more) throws IOException {
        Files.writeString(
                folder.resolve("database.password"), settings.password().reveal());
        Files.writeString(file(), """
                hostname = "relay.office.test"
                [database]
                mode = "server"
                url = "%s"
                user = "%s"
                password_file = "database.password"
                """.formatted(settings.url(), settings.user()) + more);
    }

    TestDatabase database() {
        return database;
    }

    Path file() {
        return folder.resolve("sealpost.toml");
    }

    Path masterKey() {
        return folder.resolve("var/master.key");
    }

    Ended run(String... words) {
        return runWith("", words);
    }

    /** With this on standard input. */
    Ended runWith(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        int code = Sealpost.run(console, Map.of("SEALPOST_CONFIG", file().toString()), words);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The file that {@code init} writes, for a folder without one. */
    static void writeTemplate(Path file) {
        Installation.writeSettings(file, MailDomain.parse("relay.example.net"));
    }

    @Override
    public void close() {
        database.close();
    }
}
