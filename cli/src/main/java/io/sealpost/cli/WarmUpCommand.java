package io.sealpost.cli;

import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Schema;
import io.sealpost.database.Database;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads the classes of a typical command, so that the launcher can put them into a class archive. Does nothing else. */
@Command(name = "warm-up", hidden = true, description = "Loads classes for the launcher's class archive.")
final class WarmUpCommand implements Callable<Integer> {
    private final CommandContext context;

    WarmUpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Path file = Files.createTempFile("sealpost", ".toml");
        try {
            Files.writeString(file, SettingsFile.template(MailDomain.parse("relay.example.net")));
            SettingsFile.load(file, Map.of());
        } finally {
            Files.delete(file);
        }
        context.console().table(List.of("A"), List.of(List.of("b")), "");
        context.console().json(Map.of("a", 1));
        DatabaseSettings nobody = new DatabaseSettings("jdbc:mariadb://127.0.0.1:1/none", "none", new Secret(""), 1);
        try (Database database = Database.open(nobody)) {
            Schema.migrations().state(database.transactions());
        } catch (StoreUnavailable away) {
            return Sysexits.OK; // Nobody listens there; the classes are loaded.
        }
        return Sysexits.OK;
    }
}
