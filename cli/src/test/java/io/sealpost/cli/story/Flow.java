package io.sealpost.cli.story;

import io.sealpost.fixtures.RawSmtpClient;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mail after mail with one password to one node, over one session for as long as it lasts, then over the next; ends when the login is
 * refused. Thread-safe.
 */
final class Flow implements AutoCloseable {
    private final InetSocketAddress node;
    private final String user;
    private final String password;
    private final Thread thread;
    private final AtomicInteger taken = new AtomicInteger();
    private final List<String> sessionEnds = new CopyOnWriteArrayList<>();
    private volatile long lastGranted;
    private volatile boolean stopped;

    private Flow(InetSocketAddress node, String user, String password) {
        this.node = node;
        this.user = user;
        this.password = password;
        this.thread = new Thread(this::run, "flow-" + user + "-" + node.getPort());
        this.thread.setDaemon(true);
    }

    static Flow start(InetSocketAddress node, String user, String password) {
        Flow flow = new Flow(node, user, password);
        flow.thread.start();
        return flow;
    }

    /** How many mails got their 250. */
    int taken() {
        return taken.get();
    }

    /** When the node last granted anything, a login or a mail, as {@link System#nanoTime}. */
    long lastGranted() {
        return lastGranted;
    }

    /** Whether a login was refused, and nothing is sent any more. */
    boolean isRefused() {
        return !thread.isAlive() && !stopped;
    }

    /** The last line that the client read of each session that ended. */
    List<String> sessionEnds() {
        return sessionEnds;
    }

    private void run() {
        boolean granted = true;
        while (granted && !stopped) {
            try (RawSmtpClient client = RawSmtpClient.connect(node)) {
                granted = session(client);
            } catch (AssertionError | UncheckedIOException broken) {
                sessionEnds.add("(" + broken.getMessage().lines().findFirst().orElse("") + ")");
            }
        }
    }

    /** Whether the login was granted. */
    private boolean session(RawSmtpClient client) {
        client.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
        String plain = "\0" + user + "\0" + password;
        String login = "AUTH PLAIN " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        String reply = said(client, login);
        if (reply.startsWith("535")) {
            return false;
        }
        while (!stopped && reply.startsWith("2")) {
            lastGranted = System.nanoTime();
            reply = mail(client);
        }
        sessionEnds.add(reply);
        return true;
    }

    /** The reply that ended the transaction. */
    private String mail(RawSmtpClient client) {
        for (String line : List.of("MAIL FROM:<" + user + ">", "RCPT TO:<flow@shop.test>", "DATA")) {
            String reply = said(client, line);
            if (!reply.startsWith("250") && !reply.startsWith("354")) {
                return reply;
            }
        }
        String text = "From: <" + user + ">\r\nTo: <flow@shop.test>\r\nSubject: One of many\r\n\r\nHi\r\n.";
        String reply = said(client, text);
        if (reply.startsWith("250")) {
            taken.incrementAndGet();
        }
        return reply;
    }

    private static String said(RawSmtpClient client, String line) {
        List<String> reply = client.send(line + "\r\n").reply();
        return reply.get(reply.size() - 1);
    }

    /** Ends it after the mail under way. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
