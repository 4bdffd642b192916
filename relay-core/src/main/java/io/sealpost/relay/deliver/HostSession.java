package io.sealpost.relay.deliver;

import io.sealpost.queue.Recipient;
import io.sealpost.relay.deliver.RemoteDelivery.FinalDotPermit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kept or fresh connection for the length of one attempt, and what the log wants to know of it. Not thread-safe. */
final class HostSession implements AutoCloseable {
    private final ConnectionPool pool;
    private final ConnectionOpener opener;
    private SmtpConnection connection;
    private Duration setup = Duration.ZERO;
    private Duration transmission = Duration.ZERO;

    private HostSession(ConnectionPool pool, ConnectionOpener opener) {
        this.pool = pool;
        this.opener = opener;
    }

    /** Takes a connection that was kept, else opens one. */
    static HostSession at(Peer peer, ConnectionPool pool, ConnectionOpener opener) throws BrokenConversation {
        HostSession session = new HostSession(pool, opener);
        Optional<SmtpConnection> kept = pool.take(peer);
        if (kept.isPresent()) {
            session.connection = kept.get();
        } else {
            session.open(peer);
        }
        return session;
    }

    /** For a host that was reached and gave no session. */
    static ConnectionFacts factsWithout(Peer peer) {
        return new ConnectionFacts(peer.shown(), Optional.empty(), Duration.ZERO, Duration.ZERO);
    }

    Peer peer() {
        return connection.peer();
    }

    Capabilities capabilities() {
        return connection.capabilities();
    }

    boolean isOpen() {
        return connection.isInStep();
    }

    /** One transaction; a kept connection that is dead is replaced by a fresh one first. */
    Map<Recipient, Verdict> transact(
            Transmission mail, MessageNeeds needs, FinalDotPermit permit, List<Recipient> recipients)
            throws BrokenConversation {
        long begun = System.nanoTime();
        try {
            return new MailTransaction(connection, mail, needs, permit).run(recipients);
        } catch (StaleConnection e) {
            open(connection.peer());
            begun = System.nanoTime();
            return fresh(mail, needs, permit, recipients);
        } finally {
            transmission = Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    private Map<Recipient, Verdict> fresh(
            Transmission mail, MessageNeeds needs, FinalDotPermit permit, List<Recipient> recipients) {
        try {
            return new MailTransaction(connection, mail, needs, permit).run(recipients);
        } catch (StaleConnection e) {
            throw new IllegalStateException("a fresh connection cannot be stale", e);
        }
    }

    private void open(Peer peer) throws BrokenConversation {
        long begun = System.nanoTime();
        connection = opener.open(peer);
        setup = Duration.ofNanos(System.nanoTime() - begun);
    }

    ConnectionFacts facts() {
        return new ConnectionFacts(connection.peer().shown(), connection.tls(), setup, transmission);
    }

    /** Gives the connection back; the pool sees whether it can be used again. */
    @Override
    public void close() {
        pool.giveBack(connection);
    }
}
