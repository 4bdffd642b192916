package io.sealpost.cli.quickstart;

import io.sealpost.cli.console.Console;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells each step with the time it took, as soon as it has ended. */
final class Story {
    private final Console console;

    Story(Console console) {
        this.console = console;
    }

    /** Runs a step and tells what it gave; what it throws ends the story. */
    <T> T step(Callable<T> work, java.util.function.Function<T, String> told) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        tell(Duration.ofNanos(System.nanoTime() - start), told.apply(result));
        return result;
    }

    void tell(Duration time, String line) {
        console.print(String.format(Locale.ROOT, "%7.2f s  %s", time.toNanos() / 1e9, line));
    }

    void say(String line) {
        console.print(line);
    }
}
