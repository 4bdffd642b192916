package io.sealpost.cli;

import io.sealpost.cli.console.Console;
import io.sealpost.database.backup.Progress;
import java.time.Duration;

/** A line every few seconds on standard error. Not thread-safe. */
final class ShownProgress implements Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Console console;
    private long saidAt = System.nanoTime();

    ShownProgress(Console console) {
        this.console = console;
    }

    @Override
    public void at(String table, long rows, long bytes) {
        long now = System.nanoTime();
        if (now - saidAt > INTERVAL.toNanos()) {
            saidAt = now;
            console.note("  " + table + ": " + rows + " rows, " + (bytes >> 20) + " MB");
        }
    }
}
