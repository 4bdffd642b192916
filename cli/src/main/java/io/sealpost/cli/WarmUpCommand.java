package io.sealpost.cli;

import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.RowlessSource;
import io.sealpost.database.Transactions;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.jdbc.JdbcQueueInspection;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * Walks a typical command's way without a database, so that the launcher can put the classes it loads into a class archive. Changes
 * nothing.
 */
@Command(name = "warm-up", hidden = true, description = "Loads classes for the launcher's class archive.")
final class WarmUpCommand implements Callable<Integer> {
    private static final List<String> SPOKEN_TO_A_SERVER = List.of("mariadb-java-client", "HikariCP");
    private static final String CLASS = ".class";

    private final CommandContext context;

    WarmUpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Sealpost.commandLine(context.console(), Map.of()).parseArgs("queue", "list", "--json");
        readSettings();
        listQueue();
        context.console().table(List.of("A"), List.of(List.of("b")), "");
        context.console().json(Map.of("a", 1));
        DatabaseSettings nobody = new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/none", "none", new Secret(""), 1);
        Database.open(nobody).close();
        loadAll();
        return Sysexits.OK;
    }

    private static void readSettings() throws IOException {
        Path file = Files.createTempFile("sealpost", ".toml");
        try {
            Files.writeString(file, SettingsFile.template(MailDomain.parse("relay.example.net")));
            SettingsFile.load(file, Map.of());
        } finally {
            Files.delete(file);
        }
    }

    private void listQueue() {
        Transactions rowless = new Transactions(RowlessSource.open());
        Schema.migrations().state(rowless);
        QueueInspection queue = new JdbcQueueInspection(rowless, Clock.systemUTC(), () -> 0, "");
        QueueListing.rows(Instant.EPOCH, List.of()).print(context.console(), queue.list(QueueFilter.ALL, 1));
        QueueListing.rows(Instant.EPOCH, List.of()).printJson(context.console(), queue.list(QueueFilter.ALL, 1));
    }

    /** Of the libraries whose way ends here at a closed door. */
    private static void loadAll() throws IOException {
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(path);
            if (SPOKEN_TO_A_SERVER.stream().anyMatch(jar.getFileName().toString()::startsWith)) {
                try (JarFile open = new JarFile(jar.toFile());
                        Stream<String> names = open.stream().map(entry -> entry.getName())) {
                    names.filter(name -> name.endsWith(CLASS) && !name.contains("-"))
                            .forEach(WarmUpCommand::load);
                }
            }
        }
    }

    private static void load(String entry) {
        String name = entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
        try {
            Class.forName(name, false, WarmUpCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError optional) {
            // It needs a library that is not there: nobody will miss it.
        }
    }
}
