package io.sealpost.queue.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** So many threads that share some work, as clients and workers do. */
final class Clients implements AutoCloseable {
    private final ExecutorService threads;

    Clients(int count) {
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** Returns when all items are done. */
    <T> void each(List<T> items, Consumer<T> work) throws ExecutionException, InterruptedException {
        List<Future<?>> ends = new ArrayList<>();
        for (T item : items) {
            ends.add(threads.submit(() -> work.accept(item)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
