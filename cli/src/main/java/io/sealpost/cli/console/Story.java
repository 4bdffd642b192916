package io.sealpost.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells each step with the time it took, as soon as it has ended. */
public final class Story {
    private final Console console;

    /** Tells on standard output. */
    public Story(Console console) {
        this.console = console;
    }

    /** Runs a step and tells what it gave; what it throws ends the story. */
    public <T> T step(Callable<T> work, java.util.function.Function<T, String> told) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        tell(Duration.ofNanos(System.nanoTime() - start), told.apply(result));
        return result;
    }

    /** Tells a step that took this time. */
    public void tell(Duration time, String line) {
        console.print(String.format(Locale.ROOT, "%7.2f s  %s", time.toNanos() / 1e9, line));
    }

    /** A line of its own. */
    public void say(String line) {
        console.print(line);
    }
}
