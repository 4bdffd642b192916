package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Backups;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.backup.Manifest;
import io.sealpost.mail.DataSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sealpost backup}. */
@Command(
        name = "backup",
        description = {
            "Writes the whole database, as it is at this moment, into one file, while mail goes on.",
            "It holds mail, hashes of passwords and sealed keys: keep it as you keep those.",
            "The master key is not in it; without that, accounts and keys in it are of no use."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost backup /var/backups/sealpost")
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'sealpost-'yyyyMMdd'T'HHmmss'Z.zip'");

    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "FILE", description = "A new file, or a folder: then it is named by the time.")
    private Path target;

    BackupCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings(config.file());
        Console console = context.console();
        if (!Store.mayExist(settings)) {
            throw new Fault(Sysexits.UNAVAILABLE, "there is no database yet: nothing to back up");
        }
        Path file = Files.isDirectory(target)
                ? target.resolve(NAME.format(Clock.systemUTC().instant().atOffset(ZoneOffset.UTC)))
                : target;
        Backups backups = new Backups(settings, context.actor(), console::note, new ShownProgress(console));
        Manifest manifest = backups.take(file, Version.number());
        if (json.wanted()) {
            console.json(manifest);
            return Sysexits.OK;
        }
        long rows =
                manifest.tables().stream().mapToLong(Manifest.TableFile::rows).sum();
        console.print(file + ": " + manifest.tables().size() + " tables, " + rows + " rows as of " + manifest.taken()
                + ", " + new DataSize(file.toFile().length()));
        console.print("The master key is not in it. Keep a copy of " + settings.masterKeyFile()
                + " apart from the backups: neither is of use without the other.");
        return Sysexits.OK;
    }
}
