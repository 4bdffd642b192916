package io.sealpost.cli;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Problem;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.log.LogOutput;
import io.sealpost.cli.systemd.ServiceNotifier;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.relay.smtp.tls.CertificateFault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the settings and the certificate of a running {@code serve} again, one call at a time on a thread of its own. Whatever is wrong
 * with them, the old ones go on.
 */
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger("sealpost");

    private final CommandContext context;
    private final Path file;
    private final Serving serving;
    private final LogOutput log;
    private final ServiceNotifier notifier;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "reload");
        made.setDaemon(true);
        return made;
    });
    private volatile Settings inForce;
    private volatile boolean ended;

    Reloading(
            CommandContext context,
            Path file,
            Settings inForce,
            Serving serving,
            LogOutput log,
            ServiceNotifier notifier) {
        this.context = context;
        this.file = file;
        this.inForce = inForce;
        this.serving = serving;
        this.log = log;
        this.notifier = notifier;
    }

    /** What was read last and was right. */
    Settings inForce() {
        return inForce;
    }

    /** Returns at once; calls that come before the reading has begun are one. */
    void ask() {
        if (!ended && asked.compareAndSet(false, true)) {
            thread.execute(this::reload);
        }
    }

    /** Whoever asks from now on asks in vain: the node ends. */
    void end() {
        ended = true;
    }

    private void reload() {
        asked.set(false);
        notifier.reloading();
        String outcome;
        try {
            outcome = reread();
        } catch (Fault | CertificateFault fault) {
            outcome = refused(List.of(fault.getMessage()));
        } catch (RuntimeException bug) {
            LOG.error("a fault of our own while reading the settings again", bug);
            outcome = refused(List.of("a fault of our own"));
        }
        notifier.ready(outcome);
    }

    private String reread() {
        LoadedSettings loaded = context.load(file);
        if (loaded instanceof LoadedSettings.Invalid invalid) {
            return refused(invalid.problems().stream().map(Problem::toString).toList());
        }
        Settings wanted = ((LoadedSettings.Valid) loaded).settings();
        List<String> atRestart = serving.reload(wanted);
        log.use(wanted.log());
        inForce = wanted;
        if (!atRestart.isEmpty()) {
            LOG.warn("changed, but not in force before a restart: {}", String.join(", ", atRestart));
        }
        LOG.info("settings read again from {}", file);
        return "settings read again";
    }

    private String refused(List<String> problems) {
        problems.forEach(problem -> LOG.error("settings not taken, {}: {}", file, problem));
        return "settings not taken, those of before go on; see the log";
    }
}
