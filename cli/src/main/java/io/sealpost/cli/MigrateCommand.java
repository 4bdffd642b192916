package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Store;
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

    @Option(names = "--dry-run", description = "Only says what is pending.")
    private boolean dryRun;

    MigrateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        int pending = Store.pendingMigrations(context.settings(config.file()), context.console()::note);
        if (pending == 0) {
            context.console().print("The tables fit this release.");
        } else if (dryRun) {
            context.console().print(pending + " migrations are pending; nothing was changed.");
        } else {
            Store.migrate(context.settings(config.file()), context.console()::note);
            context.console().print("Ran " + pending + " migrations.");
        }
        return Sysexits.OK;
    }
}
