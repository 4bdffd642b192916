package io.sealpost.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** SIGTERM and SIGINT: the first lets {@link #await} return, a second one interrupts the thread that listens, so that it hurries. */
final class StopSignal {
    private final Thread listener;
    private final AtomicInteger count = new AtomicInteger();
    private final CountDownLatch came = new CountDownLatch(1);

    private StopSignal(Thread listener) {
        this.listener = listener;
    }

    /** Handles both from now on, for the calling thread. */
    static StopSignal listen() {
        StopSignal stop = new StopSignal(Thread.currentThread());
        Signals.on("TERM", stop::came);
        Signals.on("INT", stop::came);
        return stop;
    }

    private void came() {
        if (count.incrementAndGet() == 2) {
            listener.interrupt();
        }
        came.countDown();
    }

    /** As the first signal, from within. */
    void end() {
        came.countDown();
    }

    /** Returns when the first has come. */
    void await() {
        try {
            came.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt(); // Both came already; what follows is to be short.
        }
    }
}
