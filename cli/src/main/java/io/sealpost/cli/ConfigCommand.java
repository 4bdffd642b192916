package io.sealpost.cli;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.console.Sysexits;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost config …}. */
@Command(
        name = "config",
        description = "Checks and shows the settings.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Check.class, ConfigShowCommand.class},
        footerHeading = "%nExample:%n",
        footer = "  sealpost config check")
final class ConfigCommand {
    /** {@code sealpost config check}. */
    @Command(
            name = "check",
            description = "Reads the settings and reports all faults together, each with its line.",
            footerHeading = "%nExample:%n",
            footer = "  sealpost config check --config /etc/sealpost/sealpost.toml")
    static final class Check implements Callable<Integer> {
        private final CommandContext context;

        @Mixin
        private ConfigFileOption config;

        Check(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            Path file = context.settingsFile(config.file());
            LoadedSettings loaded = context.load(file);
            if (loaded instanceof LoadedSettings.Invalid invalid) {
                context.console().note(CommandContext.summary(file, invalid.problems()));
                return Sysexits.CONFIG;
            }
            context.console().print(file + " is right.");
            return Sysexits.OK;
        }
    }
}
