package io.sealpost.cli.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's side of {@code sd_notify(3)}: says nothing where the environment names no {@code NOTIFY_SOCKET}. What cannot be sent is
 * logged once and changes nothing. Thread-safe.
 */
public final class ServiceNotifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNotifier.class);

    private final Optional<String> socket;
    private final Optional<Duration> watchdog;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "watchdog");
        made.setDaemon(true);
        return made;
    });
    private volatile boolean failed;

    private ServiceNotifier(Optional<String> socket, Optional<Duration> watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** For the process with this environment. */
    public static ServiceNotifier of(Map<String, String> environment) {
        Optional<String> socket =
                Optional.ofNullable(environment.get("NOTIFY_SOCKET")).filter(path -> !path.isEmpty());
        return new ServiceNotifier(socket, socket.flatMap(path -> watchdog(environment)));
    }

    /** The time within which the manager wants to hear of us; empty where it does not, or wants it of another process. */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String us = Long.toString(ProcessHandle.current().pid());
        if (!environment.getOrDefault("WATCHDOG_PID", us).equals(us)) {
            return Optional.empty();
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return micros > 0 ? Optional.of(Duration.of(micros, ChronoUnit.MICROS)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** It serves; {@code status} is a plain sentence for {@code systemctl status}. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status);
    }

    /** It reads its settings again; to be followed by {@link #ready}, whatever comes of it. */
    public void reloading() {
        // nanoTime is CLOCK_MONOTONIC on Linux, which the manager compares with (Type=notify-reload).
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    /** It takes no more mail and ends what is open. */
    public void stopping(String status) {
        send("STOPPING=1\nSTATUS=" + status);
    }

    /** From now on says that it lives, twice in the time that the manager waits, while {@code healthy}. */
    public void keepAlive(BooleanSupplier healthy) {
        watchdog.ifPresent(within -> {
            long half = within.toNanos() / 2;
            var unused = beats.scheduleAtFixedRate(() -> beat(healthy), 0, half, TimeUnit.NANOSECONDS);
        });
    }

    private void beat(BooleanSupplier healthy) {
        if (healthy.getAsBoolean()) {
            send("WATCHDOG=1");
        } else {
            LOG.error("this node cannot go on by itself; the service manager is no longer told that it lives");
        }
    }

    private void send(String state) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            UnixDatagram.send(socket.get(), state.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | LinkageError e) {
            if (!failed) {
                LOG.warn("the service manager cannot be told how it goes: {}", e.toString());
            }
            failed = true;
        }
    }

    /** Says no more that it lives. */
    @Override
    public void close() {
        beats.shutdownNow();
    }
}
