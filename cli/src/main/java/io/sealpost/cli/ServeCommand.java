package io.sealpost.cli;

import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.relay.smtp.ListenerFault;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
            "SIGTERM drains: no new sessions, open transactions and attempts end, at most 30 seconds."
        },
        footerHeading = "%nExample:%n",
        footer = "  sealpost serve --config /etc/sealpost/sealpost.toml")
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost");
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final CommandContext context;

    @Mixin
    private ConfigFileOption config;

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = context.settings(config.file());
        if (settings.listeners().isEmpty()) {
            throw new Fault(Sysexits.CONFIG, "no [[listener]] stands in the settings: nobody could submit mail");
        }
        Serving serving;
        try {
            serving = Serving.start(settings, context.console()::note);
        } catch (ListenerFault e) {
            throw new Fault(Sysexits.UNAVAILABLE, e.getMessage());
        }
        String where = serving.addresses().entrySet().stream()
                .map(listener -> listener.getKey() + " on "
                        + listener.getValue().getAddress().getHostAddress() + ":"
                        + listener.getValue().getPort())
                .collect(Collectors.joining(", "));
        LOG.info("Sealpost {} serves as {}: {}", Version.number(), settings.hostname(), where);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("draining");
                            serving.drain(DRAIN);
                            LOG.info("ended");
                            ended.countDown();
                        },
                        "drain"));
        ended.await();
        return Sysexits.OK;
    }
}
