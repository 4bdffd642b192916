package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trace --follow} as a process of its own: only that can be told to end by a signal. */
class TraceFollowTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Shell shell;
    private Process process;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
    }

    @AfterEach
    void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        shell.close();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private void start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlogback.configurationFile=logback.xml", // Not that of the tests, which logs to standard output.
                "io.sealpost.cli.Sealpost"));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", shell.file().toString()));
        process = new ProcessBuilder(command)
                .redirectOutput(out().toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        awaitText(folder.resolve("err"), "Following");
    }

    private static void awaitText(Path file, String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> Files.readString(file, StandardCharsets.UTF_8).contains(text));
    }

    private int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void followsAllMailUntilItIsInterrupted() throws Exception {
        String before = QueuedMail.store(shell);
        start("trace", "--follow", "--json");
        String after = QueuedMail.store(shell);
        awaitText(out(), "RECEPTION");
        shell.run("queue", "hold", after);
        awaitText(out(), "ADMIN");

        assertThat(interrupt()).isZero();

        assertThat(Files.readAllLines(out(), StandardCharsets.UTF_8))
                .hasSize(2)
                .allMatch(line -> line.startsWith("{") && line.contains(after) && !line.contains(before));
    }

    @Test
    void followsOneStoryFromItsBeginning() throws Exception {
        String id = QueuedMail.store(shell);
        start("trace", id, "--follow");
        awaitText(out(), "reception: ");
        QueuedMail.store(shell);
        shell.run("queue", "hold", id);
        awaitText(out(), "admin: action=hold");

        assertThat(interrupt()).isZero();

        assertThat(Files.readAllLines(out(), StandardCharsets.UTF_8)).hasSize(2);
    }
}
