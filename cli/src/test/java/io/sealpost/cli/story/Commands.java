package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Sealpost;
import io.sealpost.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

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

    /** So many at the same moment; {@code line} makes each from its number, from 0. In the order of the numbers. */
    List<Ended> atOnce(int count, IntFunction<String> line) {
        CyclicBarrier together = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Ended>> running = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> {
                        together.await();
                        return run(line.apply(number));
                    }))
                    .toList();
            return running.stream().map(Commands::ended).toList();
        } finally {
            threads.shutdown();
        }
    }

    private static Ended ended(Future<Ended> running) {
        try {
            return running.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError("a command did not end", failed);
        }
    }
}
