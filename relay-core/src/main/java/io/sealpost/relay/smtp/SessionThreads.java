package io.sealpost.relay.smtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A thread for each session: virtual from JDK 24 on, where {@code synchronized} no longer pins them; of the platform before. */
final class SessionThreads {
    private static final int FIRST_WITHOUT_PINNING = 24;

    private SessionThreads() {}

    static ExecutorService open(String listener) {
        return Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? virtual() : platform(listener);
    }

    private static ExecutorService virtual() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("a JDK with virtual threads does not make any", e);
        }
    }

    private static ExecutorService platform(String listener) {
        AtomicLong number = new AtomicLong();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), session -> {
            Thread thread = new Thread(session, listener + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }) {
            /** A system that has no thread left costs this one connection; the error would end SubEtha's accepting thread. */
            @Override
            public void execute(Runnable session) {
                try {
                    super.execute(session);
                } catch (OutOfMemoryError e) {
                    throw new RejectedExecutionException("no thread for another session", e);
                }
            }
        };
    }
}
