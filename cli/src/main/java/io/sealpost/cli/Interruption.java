package io.sealpost.cli;

import io.sealpost.cli.console.Sysexits;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM for a command that goes on until it is told to end: it ends in order, and then the process does, with code 0.
 * One for a process.
 */
final class Interruption {
    private static final Duration ENDING = Duration.ofSeconds(10);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endInOrder, "interruption");

    private Interruption() {}

    /** From now on the signals are for this command; call {@link #over} when it has ended. */
    static Interruption expected() {
        Interruption expected = new Interruption();
        Runtime.getRuntime().addShutdownHook(expected.hook);
        return expected;
    }

    /** Waits at most this long; whether the command is to end now. */
    boolean comesWithin(Duration time) {
        try {
            return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The command has ended. */
    void over() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook is at work: it was an interruption.
        }
    }

    private void endInOrder() {
        asked.countDown();
        try {
            if (over.await(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(Sysexits.OK); // Else the signal would make it 130 or 143.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
