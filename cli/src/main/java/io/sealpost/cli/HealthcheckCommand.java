package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Addresses;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.doctor.ListenerDial;
import io.sealpost.mail.ForeignText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost healthcheck}. */
@Command(
        name = "healthcheck",
        description = {
            "Says whether every listener of the settings greets on this machine and does its TLS handshake.",
            "For a container's HEALTHCHECK and load balancers; it asks neither the database nor DNS, as doctor does."
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
        Settings settings = context.settings(config.file());
        List<Settings.Listener> listeners = settings.listeners();
        if (listeners.isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "no [[listener]] stands in the settings");
        }
        List<String> faults = listeners.stream()
                .map(listener -> fault(listener, settings.hostname().ascii()))
                .flatMap(Optional::stream)
                .toList();
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

    private static Optional<String> fault(Settings.Listener listener, String hostname) {
        try {
            ListenerDial.dial(listener, hostname);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(listener.name() + " on " + Addresses.shown(listener.address()) + " does not greet: "
                    + ForeignText.escape(String.valueOf(e.getMessage())));
        }
    }
}
