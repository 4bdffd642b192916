package io.sealpost.relay.smtp;

import io.sealpost.account.AuthenticatedAccount;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** The sessions of all listeners: counted, drained, and cut where a client takes no reply. Thread-safe. */
final class OpenSessions {
    private final Semaphore places;
    private final Set<SmtpSession> sessions = ConcurrentHashMap.newKeySet();
    private final Set<SmtpSession> seated = ConcurrentHashMap.newKeySet();
    private final Places addresses = new Places();
    private final Places accounts = new Places();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private volatile boolean draining;

    OpenSessions(int max) {
        this.places = new Semaphore(max);
    }

    /** Takes a place for the session where there is one; in the order of accepting, whichever session's thread runs first. */
    void add(SmtpSession session) {
        sessions.add(session);
        if (places.tryAcquire()) {
            seated.add(session);
        }
    }

    boolean hasPlace(SmtpSession session) {
        return seated.contains(session);
    }

    /** Takes a place of those that the client's address has; false when it has none left. Once, by the session's thread. */
    boolean takeAddress(SmtpSession session) {
        String address = Places.of(session.connection().getInetAddress());
        boolean taken = addresses.tryTake(
                address, session.service().limits().connections().perAddress());
        if (taken) {
            session.atTheEnd(() -> addresses.giveBack(address));
        }
        return taken;
    }

    /** The same of those that its account has. */
    boolean takeAccount(SmtpSession session, AuthenticatedAccount account) {
        String number = Long.toString(account.account());
        boolean taken = accounts.tryTake(
                number, session.service().limits().connections().perAccount());
        if (taken) {
            session.atTheEnd(() -> accounts.giveBack(number));
        }
        return taken;
    }

    void remove(SmtpSession session) {
        sessions.remove(session);
        if (seated.remove(session)) {
            places.release();
        }
        if (sessions.isEmpty()) {
            signalEmpty();
        }
    }

    private void signalEmpty() {
        lock.lock();
        try {
            empty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        return sessions.size();
    }

    long countOf(ListenerSettings listener) {
        return sessions.stream()
                .filter(session -> session.context().listener().equals(listener))
                .count();
    }

    /** Sends idle sessions of this listener away; the others end behind their transaction. */
    void drain(ListenerSettings listener) {
        sessions.stream()
                .filter(session -> session.context().listener().equals(listener))
                .forEach(SmtpSession::wakeWhenIdle);
    }

    /** Each session that has logged in, with its account. */
    void forEachLogin(BiConsumer<SmtpSession, AuthenticatedAccount> work) {
        sessions.forEach(session -> session.login().ifPresent(login -> work.accept(session, login.account())));
    }

    boolean isDraining() {
        return draining;
    }

    /** Sends idle sessions away; the others end behind their transaction. */
    void drain() {
        draining = true;
        sessions.forEach(SmtpSession::wakeWhenIdle);
    }

    /** Waits until no session is left; returns at the end of the time whether or not. */
    void awaitEmpty(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!sessions.isEmpty() && left > 0) {
                left = empty.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cuts those whose client does not take what is written. */
    void cutStuck() {
        sessions.stream()
                .map(SmtpSession::connection)
                .filter(connection -> connection.raw().stuckInWrite())
                .forEach(ClientConnection::abort);
    }

    void abortAll() {
        sessions.forEach(session -> session.connection().abort());
    }
}
