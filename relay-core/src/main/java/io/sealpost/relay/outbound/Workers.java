package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of threads for attempts: virtual ones from JDK 24, where waiting for a peer pins nothing, platform ones before.
 * Owners take turns, and one never has more than seven eighths of the threads, so that others need not wait for its slow peers.
 * Thread-safe.
 *
 * <p>Its line is bounded by those who fill it: fresh mail by its budget, claims by the number of free workers.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ThreadPoolExecutor pool;
    private final int threads;
    private final int mostOfOneOwner;
    private final Consumer<ClaimedMessage> notTried;
    private final Runnable whenEnded;
    private final FairLine<Task> line = new FairLine<>(); // It guards what follows, too.
    private final Map<Long, Load> loads = new HashMap<>();
    private int running;
    private boolean stopped;

    /** What an owner has here. */
    private static final class Load {
        private int running;
        private int waiting;
        private int claimed; // Of both.
    }

    /**
     * Threads are made when needed.
     *
     * @param notTried told of what is handed in after {@link #stop}
     * @param whenEnded run whenever a task ended
     */
    Workers(int threads, Consumer<ClaimedMessage> notTried, Runnable whenEnded) {
        this.notTried = notTried;
        this.whenEnded = whenEnded;
        this.threads = threads;
        this.mostOfOneOwner = threads - threads / 8;
        this.pool = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory());
        this.pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Work on a message.
     *
     * @param message with the deliveries that it is about
     * @param source where it came from
     */
    record Task(ClaimedMessage message, Taken.Source source, Runnable work) implements Runnable {
        int claimed() {
            return source == Taken.Source.CLAIMED ? 1 : 0;
        }

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

    /** Runs the task when a thread is free and its owner's turn has come. */
    void execute(Task task) {
        synchronized (line) {
            if (!stopped) {
                Load load = load(task);
                load.waiting++;
                load.claimed += task.claimed();
                line.add(task.message(), task);
                startWhatMay();
                return;
            }
        }
        notTried.accept(task.message());
    }

    private void startWhatMay() {
        while (running < threads) {
            Optional<Task> next = line.poll(owner -> loads.get(owner).running < mostOfOneOwner);
            if (next.isEmpty()) {
                return;
            }
            Load load = load(next.get());
            load.waiting--;
            load.running++;
            running++;
            pool.execute(() -> run(next.get()));
        }
    }

    private void run(Task task) {
        try {
            task.run();
        } finally {
            synchronized (line) {
                running--;
                Load load = load(task);
                load.running--;
                load.claimed -= task.claimed();
                if (load.running == 0 && load.waiting == 0) {
                    loads.remove(owner(task));
                }
                startWhatMay();
            }
        }
        whenEnded.run();
    }

    private Load load(Task task) {
        return loads.computeIfAbsent(owner(task), owner -> new Load());
    }

    private static long owner(Task task) {
        return FairLine.owner(task.message().envelope().origin());
    }

    /** Threads without work, less the tasks that wait for one; below zero when more wait. */
    int free() {
        synchronized (line) {
            return threads - running - line.size();
        }
    }

    /**
     * Owners of whom so much was claimed that more could only wait: as much as one may have running, or an eighth of the threads where
     * none is free.
     */
    Set<Long> busyOwners() {
        synchronized (line) {
            int enough = free() > 0 ? mostOfOneOwner : Math.max(1, threads / 8);
            return loads.entrySet().stream()
                    .filter(entry -> entry.getValue().claimed >= enough)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    /** Starts nothing any more; what waited is told to {@code notTried}. */
    void stop() {
        List<Task> waiting;
        synchronized (line) {
            stopped = true;
            waiting = line.drain();
            pool.shutdown();
        }
        waiting.forEach(task -> notTried.accept(task.message()));
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
