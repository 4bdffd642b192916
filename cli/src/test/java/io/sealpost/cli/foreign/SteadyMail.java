package io.sealpost.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.ScriptedMx;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Mail that does not stop: some messages a second, each taken, and judged by dkimpy as soon as it has arrived. What goes wrong is thrown by
 * the next call. Thread-safe.
 */
final class SteadyMail implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SENDING_MILLIS = 200;
    private static final long JUDGING_MILLIS = 300;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicInteger taken = new AtomicInteger();
    private final List<Path> judged = new ArrayList<>();
    private final Supplier<String> submission;
    private final ScriptedMx mx;
    private final InetSocketAddress resolver;
    private final Path folder;
    private final int before;
    private final ScheduledFuture<?> sending;
    private final ScheduledFuture<?> judging;

    /**
     * Begins.
     *
     * @param submission sends one message and returns the reply to its bytes
     * @param mx where it arrives, and nothing else from now on
     * @param resolver where dkimpy asks for records
     */
    SteadyMail(Supplier<String> submission, ScriptedMx mx, InetSocketAddress resolver, Path folder) {
        this.submission = submission;
        this.mx = mx;
        this.resolver = resolver;
        this.folder = folder;
        this.before = mx.messages().size();
        this.sending = threads.scheduleWithFixedDelay(this::send, 0, SENDING_MILLIS, TimeUnit.MILLISECONDS);
        this.judging = threads.scheduleWithFixedDelay(this::judge, 0, JUDGING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void send() {
        assertThat(submission.get()).startsWith("250 2.0.0");
        taken.incrementAndGet();
    }

    private void judge() {
        List<MxMessage> arrived = mx.messages();
        List<Path> fresh = new ArrayList<>();
        try {
            for (int i = before + judgedSoFar().size(); i < arrived.size(); i++) {
                fresh.add(Files.write(
                        folder.resolve("mail-" + i + ".eml"), arrived.get(i).content()));
            }
            hold(fresh);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        synchronized (judged) {
            judged.addAll(fresh);
        }
    }

    /** Waits until so many more were taken and all that was taken so far has arrived and held. */
    void flowsOn(int more) {
        int wanted = taken.get() + more;
        await().atMost(PATIENCE).until(() -> isBroken() || judgedSoFar().size() >= wanted);
        throwWhatBroke();
    }

    /** Judges all once more, by the records of now; returns how many. */
    int allHold() throws Exception {
        List<Path> all = judgedSoFar();
        hold(all);
        return all.size();
    }

    /** Ends; nothing that was taken is missing. */
    void end() throws InterruptedException {
        sending.cancel(false);
        await().atMost(PATIENCE).until(() -> isBroken() || judgedSoFar().size() == taken.get());
        throwWhatBroke();
    }

    /** What was judged, in the order of arrival. */
    List<Path> judgedSoFar() {
        synchronized (judged) {
            return List.copyOf(judged);
        }
    }

    /** One at a time: the verifier's root has one folder for mails. */
    private synchronized void hold(List<Path> files) throws Exception {
        if (files.isEmpty()) {
            return;
        }
        assertThat(Verifier.DKIMPY.judge(resolver, files))
                .hasSize(2 * files.size())
                .allSatisfy(line -> assertThat(line).matches("\\S+ (rsa|ed25519)-sha256 pass.*"));
    }

    private boolean isBroken() {
        return (sending.isDone() && !sending.isCancelled()) || judging.isDone();
    }

    private void throwWhatBroke() {
        for (ScheduledFuture<?> task : List.of(sending, judging)) {
            if (task.isDone() && !task.isCancelled()) {
                try {
                    task.get();
                } catch (InterruptedException | ExecutionException broken) {
                    throw new AssertionError("the mail does not flow or hold", broken);
                }
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
}
