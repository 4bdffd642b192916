package io.sealpost.cli.story;

import io.sealpost.fixtures.RawSmtpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Many clients of one relay at once. Those that wait take no thread here. */
final class Crowd implements AutoCloseable {
    private static final int CONNECTING = 8;
    private static final int PERIOD_SECONDS = 10;

    private final InetSocketAddress submission;
    private final InetSocketAddress submissions;
    private final String appPassword;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(32);
    private final ConcurrentLinkedQueue<RawSmtpClient> clients = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger mails = new AtomicInteger();
    private volatile boolean ending;

    Crowd(InetSocketAddress submission, InetSocketAddress submissions, String appPassword) {
        this.submission = submission;
        this.submissions = submissions;
        this.appPassword = appPassword;
    }

    static void logIn(RawSmtpClient client, String appPassword) {
        client.say("EHLO client.test", "250")
                .startTls()
                .say("EHLO client.test", "250")
                .authPlain(RelayUnderTest.ANNA.toString(), appPassword, "235");
    }

    static void sendMail(RawSmtpClient client) {
        client.say("MAIL FROM:<" + RelayUnderTest.ANNA + ">", "250")
                .say("RCPT TO:<shop@shop.test>", "250")
                .say("DATA", "354")
                .data((RelayUnderTest.mail("x") + "\r\n").getBytes(StandardCharsets.US_ASCII), "250");
    }

    /** So many that have logged in inside TLS and then wait. */
    void idle(int count) throws InterruptedException, ExecutionException {
        connect(count, this::loggedIn);
    }

    /** So many that send a mail each ten seconds. */
    void busy(int count) throws InterruptedException, ExecutionException {
        AtomicInteger number = new AtomicInteger();
        connect(count, () -> {
            RawSmtpClient client = loggedIn();
            long delay = number.getAndIncrement() * (long) PERIOD_SECONDS * 1000L / count;
            var unused = threads.scheduleAtFixedRate(
                    () -> sendOne(client), delay, PERIOD_SECONDS * 1000L, TimeUnit.MILLISECONDS);
            return client;
        });
    }

    private void sendOne(RawSmtpClient client) {
        try {
            sendMail(client);
            mails.incrementAndGet();
        } catch (RuntimeException | AssertionError e) {
            if (!ending) {
                faults.add(e.toString());
            }
        }
    }

    private RawSmtpClient loggedIn() {
        RawSmtpClient client = RawSmtpClient.connect(submission).expect("220");
        logIn(client, appPassword);
        return client;
    }

    /** So many that send a byte of one command each second. */
    void drips(int count) throws InterruptedException, ExecutionException {
        connect(count, () -> {
            RawSmtpClient client = RawSmtpClient.connect(submission).expect("220");
            var unused = threads.scheduleAtFixedRate(() -> client.send("N"), 1, 1, TimeUnit.SECONDS);
            return client;
        });
    }

    /** So many that begin a handshake and say no more. */
    void halfOpen(int count) throws InterruptedException, ExecutionException {
        byte[] begun = {0x16, 3, 1, 2, 0, 1};
        connect(count, () -> RawSmtpClient.connect(submissions).send(begun));
    }

    private void connect(int count, Callable<RawSmtpClient> one) throws InterruptedException, ExecutionException {
        var connecting = Executors.newFixedThreadPool(CONNECTING);
        try {
            List<Future<Boolean>> all = IntStream.range(0, count)
                    .mapToObj(i -> connecting.submit(() -> clients.add(one.call())))
                    .toList();
            for (Future<Boolean> each : all) {
                each.get();
            }
        } finally {
            connecting.shutdownNow();
        }
    }

    int size() {
        return clients.size();
    }

    int mailsSent() {
        return mails.get();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() throws IOException {
        ending = true;
        threads.shutdownNow();
        clients.forEach(RawSmtpClient::close);
    }
}
