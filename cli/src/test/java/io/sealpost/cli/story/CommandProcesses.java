package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.story.Commands.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Command lines as processes of their own, with the options that the launcher gives them. Not thread-safe. */
final class CommandProcesses {
    private static final long PATIENCE_SECONDS = 120;

    private final Path settings;
    private int started;

    CommandProcesses(Path settings) {
        this.settings = settings;
    }

    private record Running(String line, Process process, Path out, Path err) {}

    /** Starts them all, then waits for them all. */
    List<Ended> atOnce(List<String> lines) throws IOException, InterruptedException {
        List<Running> running = new ArrayList<>();
        for (String line : lines) {
            running.add(start(line));
        }
        List<Ended> ended = new ArrayList<>();
        for (Running one : running) {
            assertThat(one.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(one.line())
                    .isTrue();
            ended.add(new Ended(one.line(), one.process().exitValue(), text(one.out()), text(one.err())));
        }
        return ended;
    }

    /** Starts one that the test will kill. */
    Process begin(String line) throws IOException {
        return start(line).process();
    }

    private Running start(String line) throws IOException {
        Path out = settings.resolveSibling("command-" + started + ".out");
        Path err = settings.resolveSibling("command-" + started++ + ".err");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sealpost.cli.Sealpost"));
        words.addAll(List.of(line.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("SEALPOST_CONFIG", settings.toString());
        return new Running(line, builder.start(), out, err);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
