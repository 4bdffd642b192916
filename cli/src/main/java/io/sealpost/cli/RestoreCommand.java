package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Backups;
import io.sealpost.cli.wiring.Backups.Restored;
import io.sealpost.cli.wiring.Backups.Waiting;
import io.sealpost.database.backup.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealpost restore}. */
@Command(
        name = "restore",
        description = {
            "Puts a backup into the empty database of the settings, and brings its tables up to this release.",
            "The mail that waits in it is held: some of it was delivered after the backup, and would go out again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sealpost restore --check sealpost-20261124T120000Z.zip",
            "  sealpost restore sealpost-20261124T120000Z.zip"
        })
final class RestoreCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Console console;

    @Mixin
    private ConfigFileOption config;

    @Option(
            names = "--check",
            description = "Only looks whether the backup is whole and the master key fits; touches no database.")
    private boolean check;

    @Option(
            names = "--released",
            description = "Does not hold what waits: only where nothing was delivered after the backup was taken.")
    private boolean released;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    private Path file;

    RestoreCommand(CommandContext context) {
        this.context = context;
        this.console = context.console();
    }

    @Override
    public Integer call() {
        if (!Files.exists(file)) {
            throw new Fault(Sysexits.NOINPUT, file + " is not there");
        }
        return check ? check() : restore();
    }

    private int check() {
        boolean settingsThere = Files.isReadable(context.settingsPath(config.file()));
        Optional<Path> key =
                settingsThere ? Optional.of(context.settings(config.file()).masterKeyFile()) : Optional.empty();
        Manifest manifest = Backups.check(file, key, new ShownProgress(console));
        console.print("The backup is whole: " + rows(manifest) + " rows as of " + manifest.taken() + ", of release "
                + manifest.release() + " on " + manifest.server() + ".");
        console.print(key.map(path -> "The master key " + path + " opens its keys.")
                .orElse("Whether a master key opens its keys was not looked at: there are no settings here."));
        return Sysexits.OK;
    }

    private int restore() {
        Settings settings = context.settings(config.file());
        Backups backups = new Backups(settings, context.actor(), console::note, new ShownProgress(console));
        Restored restored = backups.restore(file, released ? Waiting.RELEASED : Waiting.HELD);
        console.print("Restored " + rows(restored.manifest()) + " rows as of "
                + restored.manifest().taken() + ".");
        console.print(
                released
                        ? "What waits goes out when serve runs."
                        : restored.held() + " deliveries are held, lest what went out after the backup goes out again."
                                + " See them with: sealpost queue list --state hold");
        return Sysexits.OK;
    }

    private static long rows(Manifest manifest) {
        return manifest.tables().stream().mapToLong(Manifest.TableFile::rows).sum();
    }
}
