package io.sealpost.relay.outbound;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A thread that does the same again and again: each time its pause is over, or somebody wakes it. */
final class Rounds {
    private final Semaphore wakes = new Semaphore(0);
    private final Duration pause;
    private final Runnable round;
    private final Thread thread;
    private volatile boolean stopping;

    /** {@code round} never throws. */
    Rounds(String name, Duration pause, Runnable round) {
        this.pause = pause;
        this.round = round;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Makes the next round begin at once. */
    void wake() {
        wakes.release();
    }

    /** Ends after the round under way, which is waited for. */
    void stop() {
        stopping = true;
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            round.run();
            try {
                if (wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    wakes.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
