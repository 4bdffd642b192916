package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Addresses;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.log.LogOutput;
import io.sealpost.cli.systemd.ServiceNotifier;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.relay.smtp.ListenerFault;
import io.sealpost.relay.smtp.tls.CertificateFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sealpost serve}. */
@Command(
        name = "serve",
        description = {
            "Takes mail and delivers it, in the foreground, one log line an event on standard output.",
            "SIGTERM drains: no new sessions, open transactions and attempts end, at most for drain_timeout; a second one cuts them off.",
            "SIGHUP reads the settings and the certificate again, as \"sealpost reload\" does on every node."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost serve --config /etc/sealpost/sealpost.toml")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost");

    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path file = context.settingsFile(config.file());
        Settings settings = context.settings(config.file());
        if (settings.listeners().isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "no [[listener]] stands in the settings: nobody could submit mail");
        }
        LogOutput log = LogOutput.ofThisProcess();
        log.use(settings.log());
        StopSignal stop = StopSignal.listen();
        AtomicBoolean reloadWanted = new AtomicBoolean(); // A JVM that does not handle it ends by it.
        Signals.on("HUP", () -> reloadWanted.set(true));
        try (ServiceNotifier notifier = ServiceNotifier.of(context.environment())) {
            Serving serving = start(settings);
            String where = addresses(serving);
            LOG.info("Sealpost {} serves as {}: {}", Version.number(), settings.hostname(), where);
            Reloading reloading = new Reloading(context, file, settings, serving, log, notifier);
            Signals.on("HUP", reloading::ask);
            serving.onReload(reloading::ask);
            serving.onLost(stop::end);
            if (reloadWanted.get()) {
                reloading.ask();
            }
            notifier.ready("serves as " + settings.hostname() + ": " + where);
            notifier.keepAlive(serving::isHealthy);

            stop.await();
            reloading.end();
            Duration time = reloading.inForce().drainTimeout();
            LOG.info("draining, at most {} s", time.toSeconds());
            notifier.stopping("draining");
            serving.drain(time);
            LOG.info("ended");
            return serving.isHealthy() ? Sysexits.OK : Sysexits.TEMPFAIL;
        }
    }

    private Serving start(Settings settings) {
        try {
            return Serving.start(settings, context.console()::note);
        } catch (ListenerFault | CertificateFault e) {
            throw new Fault(Sysexits.UNAVAILABLE, e.getMessage());
        }
    }

    private static String addresses(Serving serving) {
        return serving.addresses().entrySet().stream()
                .map(listener -> listener.getKey() + " on " + Addresses.shown(listener.getValue()))
                .collect(Collectors.joining(", "));
    }
}
