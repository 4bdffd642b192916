package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of threads for attempts: virtual ones from JDK 24, where waiting for a peer pins nothing, platform ones before.
 * Thread-safe.
 *
 * <p>Its queue is bounded by those who fill it: fresh mail by its budget, claims by the number of free workers.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ThreadPoolExecutor pool;
    private final Consumer<ClaimedMessage> notTried;
    private final Runnable whenFree;

    /**
     * Threads are made when needed.
     *
     * @param notTried told of what is handed in after {@link #stop}
     * @param whenFree run whenever a task ended and a quarter of the threads or more is free
     */
    Workers(int threads, Consumer<ClaimedMessage> notTried, Runnable whenFree) {
        this.notTried = notTried;
        this.whenFree = whenFree;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory());
        this.pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Work on a message.
     *
     * @param message with the deliveries that it is about
     */
    record Task(ClaimedMessage message, Runnable work) implements Runnable {
        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException bug) {
                LOG.error(
                        "{}: a fault of our own; its leases run out",
                        message.envelope().id(),
                        bug);
            }
        }
    }

    /** Runs the task when a thread is free. */
    void execute(Task task) {
        pool.execute(new Task(task.message(), () -> {
            task.run();
            if (free() >= pool.getMaximumPoolSize() / 4) {
                whenFree.run();
            }
        }));
    }

    /** Threads without work, less the tasks that wait for one; below zero when more wait. */
    int free() {
        return pool.getMaximumPoolSize()
                - pool.getActiveCount()
                - pool.getQueue().size();
    }

    /** Starts nothing any more; what waited is told to {@code notTried}. */
    void stop() {
        pool.setRejectedExecutionHandler((task, stopped) -> notTried.accept(((Task) task).message()));
        pool.shutdown();
        List<Runnable> waiting = new ArrayList<>();
        pool.getQueue().drainTo(waiting);
        waiting.forEach(task -> notTried.accept(((Task) task).message()));
    }

    /** Waits after {@link #stop} until all tasks have ended, or the time is over; returns how many have not. */
    int await(Duration time) {
        try {
            pool.awaitTermination(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pool.getActiveCount();
    }

    private static ThreadFactory threadFactory() {
        try {
            if (Runtime.version().feature() >= 24) {
                Class<?> builder = Class.forName("java.lang.Thread$Builder");
                Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                Object named = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual))
                        .invoke();
                return (ThreadFactory)
                        lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                                .invoke(named);
            }
        } catch (Throwable none) {
            LOG.warn("no virtual threads: {}", none.toString());
        }
        return work -> {
            Thread thread = new Thread(work, "outbound");
            thread.setDaemon(true);
            return thread;
        };
    }
}
