package io.sealpost.relay.deliver;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends steps that take too long by closing the socket under them: a peer that drips bytes, and one that stops reading, evade the
 * socket's own time-out. One daemon thread for all connections. Thread-safe.
 */
final class Deadlines implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    Deadlines() {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "delivery-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Runs a step; throws SocketTimeoutException, and leaves the socket closed, when it was not done in time. */
    <T> T within(Duration limit, Socket socket, Step<T> step) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        Future<?> end = after(limit, () -> {
            over.set(true);
            close(socket);
        });
        try {
            return step.run();
        } catch (IOException e) {
            if (over.get()) {
                SocketTimeoutException late = new SocketTimeoutException("not done in " + limit);
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    /** Runs something short later, unless it is cancelled. */
    Future<?> after(Duration wait, Runnable task) {
        return timer.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost: whoever uses it finds it closed or fails by itself.
        }
    }

    /** A step of a conversation. */
    interface Step<T> {
        T run() throws IOException;
    }
}
