package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.RawSmtpClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Connections that submit numbered mails, log in again when one breaks, and send again only what got no 250. Thread-safe. */
final class CrashClients {
    private static final String SENDER = RelayUnderTest.ANNA.toString();
    private static final List<String> DOMAINS = List.of("a.test", "b.test", "shop.test");

    private final String name;
    private final InetSocketAddress server;
    private final String password;
    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, Boolean> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final ReentrantLock restarting = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private final int mails;

    /** Mails whose ids are the name, of letters, and a number. */
    CrashClients(String name, InetSocketAddress server, String password, int mails) {
        this.name = name;
        this.server = server;
        this.password = password;
        this.mails = mails;
        for (int i = 0; i < mails; i++) {
            waiting.add(i);
        }
    }

    void start(int connections) {
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(this::run, "client-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** The test ids that got a 250. */
    Map<String, Boolean> acknowledged() {
        return acknowledged;
    }

    int sentAgain() {
        return sentAgain.get();
    }

    /** How many connections broke. */
    int broken() {
        return broken.get();
    }

    /** Does this; whoever's connection breaks meanwhile waits for its end before it connects again. */
    <T> T whileTheyWait(Callable<T> work) throws Exception {
        restarting.lock();
        try {
            return work.call();
        } finally {
            restarting.unlock();
        }
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        assertThat(acknowledged).hasSize(mails);
    }

    private void run() {
        while (!waiting.isEmpty()) {
            try (RawSmtpClient client = RawSmtpClient.connect(server)) {
                client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
                client.authPlain(SENDER, password, "235");
                submitAll(client);
            } catch (AssertionError | UncheckedIOException lost) {
                waitForTheRestart();
            }
        }
    }

    private void waitForTheRestart() {
        restarting.lock();
        try {
            broken.incrementAndGet();
        } finally {
            restarting.unlock();
        }
    }

    private void submitAll(RawSmtpClient client) {
        for (Integer mail = waiting.poll(); mail != null; mail = waiting.poll()) {
            String id = name + mail;
            String recipient = id + "@" + DOMAINS.get(mail % DOMAINS.size());
            boolean taken = false;
            try {
                client.deliver(SENDER, recipient, text(id, recipient));
                acknowledged.put(id, true);
                taken = true;
            } finally {
                if (!taken) {
                    sentAgain.incrementAndGet();
                    waiting.add(mail);
                }
            }
        }
    }

    private static byte[] text(String id, String recipient) {
        return ("From: <" + SENDER + ">\r\nTo: <" + recipient + ">\r\nSubject: " + id + "\r\nX-Test-Id: " + id
                        + "\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\nMessage-ID: <" + id + "@office.test>\r\n\r\n"
                        + "One of many.\r\n".repeat(20))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
