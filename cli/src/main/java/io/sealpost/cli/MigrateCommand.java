package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Store;
import io.sealpost.database.MigrationStep;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealpost migrate}. */
@Command(
        name = "migrate",
        description = "Brings the database's tables up to this release; nodes of the release before go on meanwhile.",
        footerHeading = "%nExample:%n",
        footer = "  sealpost migrate --dry-run")
final class MigrateCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    @Option(names = "--dry-run", description = "Only says what is pending, a line each.")
    private boolean dryRun;

    MigrateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Settings settings = context.settings(config.file());
        Console console = context.console();
        if (dryRun && !Store.mayExist(settings)) {
            console.print(
                    "There is no database yet; it is made, with its tables, when it is first used. Nothing was changed.");
            return Sysexits.OK;
        }
        List<MigrationStep> pending = Store.pendingMigrations(settings, console::note);
        pending.forEach(step -> console.print("  " + step));
        if (pending.isEmpty()) {
            console.print("The tables fit this release.");
        } else if (dryRun) {
            console.print(counted(pending) + " pending; nothing was changed.");
        } else {
            Store.migrate(settings, console::note);
            console.print("Ran " + counted(pending) + ".");
        }
        return Sysexits.OK;
    }

    private static String counted(List<MigrationStep> steps) {
        return steps.size() == 1 ? "1 migration" : steps.size() + " migrations";
    }
}
