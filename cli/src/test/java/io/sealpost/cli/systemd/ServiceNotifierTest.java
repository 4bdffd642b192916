package io.sealpost.cli.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceNotifierTest {
    @TempDir
    private Path folder;

    @Test
    void tellsAPathThatItIsReadyReloadsAndStops() throws Exception {
        String path = folder.resolve("notify").toString();
        try (NotifySocket manager = NotifySocket.at(path);
                ServiceNotifier notifier = ServiceNotifier.of(Map.of("NOTIFY_SOCKET", path))) {
            notifier.ready("serves");
            assertThat(manager.next(10)).isEqualTo("READY=1\nSTATUS=serves");

            long before = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
            notifier.reloading();
            String[] reloading = manager.next(10).split("\n");
            assertThat(reloading[0]).isEqualTo("RELOADING=1");
            assertThat(reloading[1]).startsWith("MONOTONIC_USEC=");
            assertThat(Long.parseLong(reloading[1].substring("MONOTONIC_USEC=".length())))
                    .isGreaterThanOrEqualTo(before)
                    .isLessThanOrEqualTo(TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));

            notifier.stopping("draining");
            assertThat(manager.next(10)).isEqualTo("STOPPING=1\nSTATUS=draining");
        }
    }

    @Test
    void tellsAnAbstractName() throws Exception {
        String name = "@sealpost-" + UUID.randomUUID();
        try (NotifySocket manager = NotifySocket.at(name);
                ServiceNotifier notifier = ServiceNotifier.of(Map.of("NOTIFY_SOCKET", name))) {
            notifier.ready("serves");
            assertThat(manager.next(10)).startsWith("READY=1");
        }
    }

    @Test
    void saysThatItLivesOnlyWhileItIsHealthy() throws Exception {
        String path = folder.resolve("notify").toString();
        AtomicBoolean healthy = new AtomicBoolean(true);
        Map<String, String> environment = new HashMap<>(Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "200000"));
        environment.put("WATCHDOG_PID", Long.toString(ProcessHandle.current().pid()));
        try (NotifySocket manager = NotifySocket.at(path);
                ServiceNotifier notifier = ServiceNotifier.of(environment)) {
            notifier.keepAlive(() -> {
                boolean now = healthy.get();
                if (!now) {
                    notifier.ready("asked and sick");
                }
                return now;
            });
            assertThat(manager.next(10)).isEqualTo("WATCHDOG=1");
            assertThat(manager.next(10)).isEqualTo("WATCHDOG=1");

            healthy.set(false);
            assertThat(manager.nextState(10)).contains("asked and sick");
            assertThat(manager.next(10)).contains("asked and sick");
        }
    }

    @Test
    void aWatchdogOfAnotherProcessIsLeftAlone() throws Exception {
        String path = folder.resolve("notify").toString();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1");
        try (NotifySocket manager = NotifySocket.at(path);
                ServiceNotifier notifier = ServiceNotifier.of(environment)) {
            notifier.keepAlive(() -> true);
            notifier.ready("serves");
            assertThat(manager.next(10)).startsWith("READY=1");
        }
    }

    @Test
    void goesOnWithoutAManagerOrWithOneThatDoesNotListen() {
        assertThatNoException().isThrownBy(() -> ServiceNotifier.of(Map.of()).ready("serves"));
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))
                .ready("serves");
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1")).ready("serves");
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", "@" + "x".repeat(200))).ready("serves");
    }
}
