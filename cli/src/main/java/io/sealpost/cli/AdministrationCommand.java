package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.cli.wiring.Administration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that works on the database: opens it, runs, closes it. */
abstract class AdministrationCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    AdministrationCommand(CommandContext context) {
        this.context = context;
    }

    /** Does the work; returns a code of {@link io.sealpost.cli.console.Sysexits}. */
    abstract int run(Administration administration);

    @Override
    public final Integer call() {
        return context.administer(config, this::run);
    }

    Console console() {
        return context.console();
    }
}
