package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of {@code src-test-fixtures/foreign}, one at a time. */
public final class ForeignProgram {
    private static final Path SCRIPTS = Path.of("..", "src-test-fixtures", "foreign");

    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param output what it wrote on standard output and error
     */
    record Ended(int code, String output) {}

    private static final Duration DOWNLOADS = Duration.ofMinutes(15);

    private ForeignProgram() {}

    /** Unpacks what is not unpacked yet; returns the folder with a root for each. */
    public static Path unpacked() throws Exception {
        Ended unpacked = run(DOWNLOADS, "unpack", List.of());
        assertThat(unpacked.code()).as(unpacked.output()).isZero();
        return SCRIPTS.resolve("../../target/foreign").toRealPath();
    }

    /** Without input and password. */
    static Ended run(Duration atMost, String script, List<String> arguments) throws Exception {
        Path nothing = Files.createTempFile("foreign", ".in");
        try {
            return run(atMost, nothing, "none", script, arguments);
        } finally {
            Files.delete(nothing);
        }
    }

    /** With this file on standard input and this in PASSWORD. */
    static Ended run(Duration atMost, Path input, String password, String script, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPTS.resolve(script).toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("foreign", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PASSWORD", password);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(output, StandardCharsets.ISO_8859_1);
            assertThat(ended)
                    .as("%s still runs after %s; so far: %s", script, atMost, said)
                    .isTrue();
            return new Ended(process.exitValue(), said);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
