package io.sealpost.cli.doctor;

import io.sealpost.cli.console.Fault;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks side by side and tells their findings in the checks' order, each as soon as it is there. Used once. */
final class Examination {
    /** After so long a person wants to know what is being waited for. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    private final Duration limit;
    private final Listener listener;

    /** {@code limit}: for all checks together, since they run side by side. */
    Examination(Duration limit, Listener listener) {
        this.limit = limit;
        this.listener = listener;
    }

    /** Hears what is found. */
    interface Listener {
        /** A check has ended. */
        void found(String check, List<Finding> findings);

        /** A check takes its time. */
        void slow(String check);
    }

    private record Running(Check check, Future<List<Finding>> result) {}

    void run(List<Check> checks, Patient patient) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true); // One that hangs must not keep the program.
            return thread;
        });
        long end = System.nanoTime() + limit.toNanos();
        try {
            List<Running> running = new ArrayList<>();
            for (Check check : checks) {
                running.add(new Running(check, threads.submit(() -> check.look(patient))));
            }
            for (Running one : running) {
                listener.found(one.check().name(), await(one, end));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Finding> await(Running one, long end) throws InterruptedException {
        try {
            long left = Math.max(0, end - System.nanoTime());
            try {
                return one.result().get(Math.min(SLOW.toNanos(), left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                listener.slow(one.check().name());
                return one.result().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException late) {
            return List.of(Finding.warning(
                    "gave no result in " + limit.toSeconds() + " s; what it asks is slow or does not answer",
                    "look at what the other lines say of the network and the database, then run doctor again"));
        } catch (ExecutionException failed) {
            return List.of(failure(failed.getCause()));
        }
    }

    private static Finding failure(Throwable cause) {
        if (cause instanceof Fault || cause instanceof StoreUnavailable) {
            return Finding.notLookedAt(firstLine(cause));
        }
        return Finding.warning(
                "could not be looked at, by a fault of Sealpost's own: " + ForeignText.escape(cause.toString()),
                "report it with this line");
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
