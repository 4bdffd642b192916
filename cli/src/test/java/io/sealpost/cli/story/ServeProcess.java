package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.Loopback;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code sealpost serve} as a process of its own, listening on a port of 127.0.0.1. Not thread-safe. */
public final class ServeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;

    private ServeProcess(Process process) {
        this.process = process;
    }

    /** Starts it with these settings; returns when the port answers. Its log is appended to {@code serve.log} beside them. */
    public static ServeProcess start(Path settings, int port) throws IOException {
        Path log = settings.resolveSibling("serve.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sealpost.cli.Sealpost",
                        "serve",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().pollInterval(Duration.ofMillis(50)).atMost(START).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .isTrue();
            return answers(port);
        });
        return new ServeProcess(process);
    }

    private static boolean answers(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(Loopback.socket("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends it in order when it still lives. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
}
