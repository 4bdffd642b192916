package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.RawSmtpClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that submit mail after mail at a given pace, log in again when one breaks, and send a mail again until it has its 250.
 * Thread-safe.
 */
final class CampaignClients implements AutoCloseable {
    private static final String SENDER = RelayUnderTest.ANNA.toString();
    private static final int MAILS_A_SESSION = 100;
    private static final String QUEUED = "250 2.0.0 Ok: queued as ";

    private final CampaignLedger ledger;
    private final String password;
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore pace = new Semaphore(0);
    private final ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    CampaignClients(CampaignLedger ledger, String password) {
        this.ledger = ledger;
        this.password = password;
    }

    /** So many connections to each of these, and so many tries a second all together. */
    void start(List<InetSocketAddress> servers, int connections, int rate) {
        for (InetSocketAddress server : servers) {
            for (int i = 0; i < connections; i++) {
                Thread thread = new Thread(() -> run(server), "client-" + server.getPort() + "-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }
        pacer.scheduleAtFixedRate(this::permit, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
    }

    /** Not more than a connection's worth at once: what could not be sent meanwhile is not made up for. */
    private void permit() {
        if (pace.availablePermits() < threads.size()) {
            pace.release();
        }
    }

    /** No new mails; returns when all that were begun have their 250. */
    void end(Duration atMost) throws InterruptedException {
        ending = true;
        long end = System.nanoTime() + atMost.toNanos();
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            assertThat(thread.isAlive())
                    .as("%s waits for its 250", thread.getName())
                    .isFalse();
        }
        assertThat(ledger.promises()).isEqualTo(next.get());
    }

    private void run(InetSocketAddress server) {
        CampaignMail mail = null;
        while (!ending || mail != null) {
            pace.acquireUninterruptibly();
            try (RawSmtpClient client = RawSmtpClient.connect(server)) {
                client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
                client.authPlain(SENDER, password, "235");
                for (int i = 0; i < MAILS_A_SESSION && (!ending || mail != null); i++) {
                    mail = mail == null ? new CampaignMail(next.getAndIncrement()) : mail;
                    mail = isPromised(client, mail) ? null : mail;
                    pace.acquireUninterruptibly();
                }
            } catch (AssertionError | UncheckedIOException lost) {
                // With its mail in hand, if it had one, it connects again.
            }
        }
    }

    private boolean isPromised(RawSmtpClient client, CampaignMail mail) {
        long begun = System.nanoTime();
        String said = "the connection broke";
        try {
            said = said(client, mail);
        } finally {
            if (said.startsWith(QUEUED)) {
                ledger.promised(mail, said.substring(QUEUED.length()));
            } else {
                ledger.refused(mail, said, begun);
            }
        }
        return said.startsWith(QUEUED);
    }

    /** The reply to the end of the data, or the one that ended the transaction before it. */
    private static String said(RawSmtpClient client, CampaignMail mail) {
        List<String> lines = new ArrayList<>(List.of("MAIL FROM:<" + SENDER + ">"));
        mail.recipients().forEach(recipient -> lines.add("RCPT TO:<" + recipient + ">"));
        lines.add("DATA");
        for (String line : lines) {
            String reply = client.send(line + "\r\n").reply().get(0);
            if (!reply.startsWith("250") && !reply.startsWith("354")) {
                client.say("RSET", "250");
                return reply;
            }
        }
        return client.send(mail.bytes()).send(".\r\n").reply().get(0);
    }

    @Override
    public void close() {
        ending = true;
        pacer.shutdownNow();
    }
}
