package io.sealpost.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * A receiving SMTP server that takes every message, on one port of any number of addresses, with STARTTLS (1.2 and 1.3) under a
 * certificate it makes itself. It writes {@code <n>-<safe id>.eml}, the bytes as received after dot-unstuffing, and a line of JSON
 * in {@code received.jsonl}: {@code when}, {@code peer}, {@code local}, {@code helo}, {@code mail_from}, {@code rcpt_to},
 * {@code tls} and {@code cipher} (null without TLS), {@code size}, {@code file}. Safe for threads.
 */
public final class SandboxReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxReceiver.class);

    private final List<SMTPServer> servers = new ArrayList<>();
    private final List<Consumer<ReceivedMail>> listeners = new CopyOnWriteArrayList<>();
    private final SelfSignedCertificate certificate;
    private final int port;

    private SandboxReceiver(String hostname, List<InetAddress> addresses, int port, ReceivedFolder folder, Clock clock)
            throws IOException {
        certificate = SelfSignedCertificate.create(hostname, SelfSignedCertificate.KeyKind.EC_P256, clock);
        ReceiverServers factory = new ReceiverServers(
                hostname,
                certificate.serverContext(),
                context -> new ReceiverTransaction((Session) context, folder, this::tell, clock));
        int shared = port;
        try {
            for (InetAddress address : addresses) {
                servers.add(factory.start(address, shared));
                shared = servers.get(0).getPortAllocated();
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        this.port = shared;
    }

    /**
     * Starts to receive.
     *
     * @param hostname what it calls itself in the greeting and the certificate
     * @param addresses where it listens, at least one
     * @param port on each of them; 0 takes one that is free on the first
     * @param folder where mail is written, made when it is missing
     * @param clock tells when mail came
     * @throws IOException when an address is taken or the folder cannot be written
     */
    public static SandboxReceiver start(
            String hostname, List<InetAddress> addresses, int port, Path folder, Clock clock) throws IOException {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("a receiver without an address");
        }
        return new SandboxReceiver(hostname, addresses, port, new ReceivedFolder(folder), clock);
    }

    /** Tells the listener of every message from now on, after it is written and before its 250, on the connection's thread. */
    public void onReceived(Consumer<ReceivedMail> listener) {
        listeners.add(listener);
    }

    /** The port it listens on, the same on each address. */
    public int port() {
        return port;
    }

    /** What it shows in the TLS handshake, for a client that wants to verify. */
    public SelfSignedCertificate certificate() {
        return certificate;
    }

    /** Stops at once and cuts the connections that stand. */
    @Override
    public void close() {
        servers.forEach(SMTPServer::stop);
    }

    private void tell(ReceivedMail mail) {
        for (Consumer<ReceivedMail> listener : listeners) {
            try {
                listener.accept(mail);
            } catch (RuntimeException e) {
                LOG.warn(
                        "a listener failed; the mail is received all the same",
                        e); // It is written: the peer must not send it again.
            }
        }
    }
}
