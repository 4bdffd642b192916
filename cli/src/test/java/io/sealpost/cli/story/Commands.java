package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Sealpost;
import io.sealpost.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Command lines as an administrator types them, run in this process on a settings file. Thread-safe. */
final class Commands {
    private final Path settings;

    Commands(Path settings) {
        this.settings = settings;
    }

    /**
     * What one command line gave.
     *
     * @param line the words, for messages
     * @param code the exit code
     * @param out standard output
     * @param err standard error
     */
    record Ended(String line, int code, String out, String err) {}

    /** Runs words that are separated by one blank each. */
    Ended run(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        int code = Sealpost.run(console, Map.of("SEALPOST_CONFIG", settings.toString()), line.split(" "));
        return new Ended(line, code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same, which must go well; returns standard output. */
    String ok(String line) {
        Ended ended = run(line);
        assertThat(ended.code()).as("%s", ended).isZero();
        return ended.out();
    }
}
