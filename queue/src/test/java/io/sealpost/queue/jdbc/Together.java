package io.sealpost.queue.jdbc;

import io.sealpost.queue.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Makes calls share a commit: the first is held in the middle of its own, at its content, until the others stand in line. Used once. */
final class Together {
    private static final byte[] BYTES = "Subject: held\r\n\r\nbody\r\n".getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch inLine = new CountDownLatch(1);
    private final List<Thread> waiting = new ArrayList<>();
    private final ExecutorService threads;

    Together(int others) {
        this.threads = Executors.newFixedThreadPool(others + 1, work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            waiting.add(thread);
            return thread;
        });
    }

    /** For the first one's message. */
    Content gate() {
        return new Content() {
            @Override
            public long size() {
                return BYTES.length;
            }

            @Override
            public InputStream open() throws IOException {
                begun.countDown();
                try {
                    if (!inLine.await(20, TimeUnit.SECONDS)) {
                        throw new IOException("the others do not come");
                    }
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
                return new ByteArrayInputStream(BYTES);
            }
        };
    }

    /** Returns when all have ended; throws what one of them threw. */
    void run(Runnable first, Stream<Runnable> others) {
        Future<?> leading = threads.submit(first);
        Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> begun.getCount() == 0 || leading.isDone());
        List<Future<?>> ends = new ArrayList<>();
        others.forEach(other -> ends.add(threads.submit(other)));
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> leading.isDone() || waiting.stream().allMatch(Together::isInLine));
        inLine.countDown();
        ends.add(leading);
        ends.forEach(Together::end);
        threads.shutdown();
    }

    private static boolean isInLine(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void end(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
