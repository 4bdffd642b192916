package io.sealpost.relay.deliver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** Keeps connections that a host left open after a mail, for the next one to the same address. Thread-safe. */
final class ConnectionPool implements AutoCloseable {
    private final DeliveryLimits limits;
    private final Deadlines deadlines;
    private final Map<Peer, Deque<Kept>> idle = new HashMap<>();
    private int count;
    private boolean closed;

    ConnectionPool(DeliveryLimits limits, Deadlines deadlines) {
        this.limits = limits;
        this.deadlines = deadlines;
    }

    /** The one used last, since that is the likeliest to be alive; the caller has it alone until it gives it back. */
    synchronized Optional<SmtpConnection> take(Peer peer) {
        Deque<Kept> kept = idle.get(peer);
        if (kept == null) {
            return Optional.empty();
        }
        Kept last = kept.getLast();
        drop(last);
        last.end.cancel(false);
        return Optional.of(last.connection);
    }

    /** Takes back what was opened or taken: keeps it, or ends it where it may not or cannot be used again. */
    void giveBack(SmtpConnection connection) {
        if (!connection.isInStep()) {
            connection.close();
        } else if (isWorn(connection) || !keep(connection)) {
            connection.quit();
        }
    }

    private boolean isWorn(SmtpConnection connection) {
        return connection.mails() == 0
                || connection.mails() >= limits.mailsPerConnection()
                || connection.age().compareTo(limits.connectionAge()) >= 0;
    }

    private synchronized boolean keep(SmtpConnection connection) {
        if (closed || count >= limits.idleConnections()) {
            return false;
        }
        Kept kept = new Kept(connection);
        kept.end = deadlines.after(limits.connectionIdle(), () -> endIfIdle(kept));
        idle.computeIfAbsent(connection.peer(), peer -> new ArrayDeque<>()).addLast(kept);
        count++;
        return true;
    }

    private void endIfIdle(Kept kept) {
        synchronized (this) {
            if (!drop(kept)) {
                return;
            }
        }
        kept.connection.quit();
    }

    /** Says whether it was still there. */
    private boolean drop(Kept kept) {
        Peer peer = kept.connection.peer();
        Deque<Kept> others = idle.get(peer);
        if (others == null || !others.remove(kept)) {
            return false;
        }
        count--;
        if (others.isEmpty()) {
            idle.remove(peer);
        }
        return true;
    }

    /** Ends all that are kept; later ones are ended as they come back. */
    @Override
    public void close() {
        List<Kept> all = new ArrayList<>();
        synchronized (this) {
            closed = true;
            idle.values().forEach(all::addAll);
            idle.clear();
            count = 0;
        }
        all.forEach(kept -> kept.connection.quit());
    }

    /** An idle connection and what will end it. */
    private static final class Kept {
        private final SmtpConnection connection;
        private Future<?> end;

        Kept(SmtpConnection connection) {
            this.connection = connection;
        }
    }
}
