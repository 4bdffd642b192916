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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code sealpost serve} as a process of its own, listening on a port of 127.0.0.1. Not thread-safe. */
public final class ServeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it with these settings; returns when the port answers. Its log is appended to {@code serve.log} beside them. */
    public static ServeProcess start(Path settings, int port) throws IOException {
        return start(settings, port, Map.of());
    }

    /** The same with more in its environment. */
    public static ServeProcess start(Path settings, int port, Map<String, String> environment) throws IOException {
        return start(System.getProperty("java.class.path"), settings, port, environment);
    }

    /** The same of another build. */
    static ServeProcess start(String classPath, Path settings, int port, Map<String, String> environment)
            throws IOException {
        Path log = settings.resolveSibling("serve.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", // As the launcher: without it a new Java warns.
                        "-cp",
                        classPath,
                        "io.sealpost.cli.Sealpost",
                        "serve",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        await().pollInterval(Duration.ofMillis(50)).atMost(START).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(log, StandardCharsets.ISO_8859_1))
                    .isTrue();
            return answers(port);
        });
        return new ServeProcess(process, log);
    }

    private static boolean answers(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(Loopback.socket("127.0.0.1", port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As {@code kill -HUP}, by the signal's name. */
    void signal(String name) throws IOException, InterruptedException {
        int sent = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(sent).isZero();
    }

    /** Its exit code, once it has ended. */
    int ended(Duration within) throws InterruptedException {
        assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        return process.exitValue();
    }

    /** Its memory as the kernel counts it. */
    long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .sum();
    }

    /** What it wrote so far, in lines. */
    List<String> log() throws IOException {
        return Files.readAllLines(log, StandardCharsets.UTF_8);
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends it somehow, some time. */
    void destroy() {
        process.destroyForcibly();
    }

    /** Ends it in order when it still lives. */
    @Override
    public void close() throws InterruptedException {
        stop();
    }

    /** In order; returns when it has ended. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
    }
}
