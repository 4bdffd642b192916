package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost healthcheck}. */
@Command(
        name = "healthcheck",
        description = {
            "Says whether every listener of the settings greets on this machine, over TLS where it is implicit.",
            "For a container's HEALTHCHECK and load balancers; it asks neither the database nor DNS."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost healthcheck")
final class HealthcheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    HealthcheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<Settings.Listener> listeners = context.settings(config.file()).listeners();
        if (listeners.isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "no [[listener]] stands in the settings");
        }
        ListenerProbe probe = new ListenerProbe();
        List<String> faults =
                listeners.stream().map(probe::faultOf).flatMap(Optional::stream).toList();
        if (!faults.isEmpty()) {
            throw new Fault(Sysexits.UNAVAILABLE, String.join("; ", faults));
        }
        context.console()
                .print(
                        listeners.size() == 1
                                ? "The listener greets."
                                : "All " + listeners.size() + " listeners greet.");
        return Sysexits.OK;
    }
}
