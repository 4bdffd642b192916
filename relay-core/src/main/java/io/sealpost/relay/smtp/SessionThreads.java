package io.sealpost.relay.smtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
        return Executors.newCachedThreadPool(session -> {
            Thread thread = new Thread(session, listener + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
