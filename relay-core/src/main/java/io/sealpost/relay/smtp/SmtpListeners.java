package io.sealpost.relay.smtp;

import io.sealpost.database.ChangeListener;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** All listening ports of a node, with one count of connections and one budget for bodies. Started once and closed once. */
public final class SmtpListeners implements AutoCloseable {
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    private volatile SmtpService service;
    private final LegacyClosing closing;
    private volatile List<SmtpListener> open = List.of();
    private final OpenSessions sessions;
    private final GrantWatch grants;
    private final List<SmtpListener> listeners;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "smtp-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens no port yet.
     *
     * @param clock of this machine, with its zone: by it the last day of a listener for old devices ends
     * @throws ListenerFault when the spool directory is not usable
     */
    public SmtpListeners(List<ListenerSettings> settings, SmtpService service, Clock clock) {
        this.service = service;
        this.closing = new LegacyClosing(clock);
        this.sessions = new OpenSessions(service.limits().connections().all());
        this.grants = new GrantWatch(sessions, service.accounts());
        BodyStore bodies = BodyStore.open(service.limits().bodies(), service.spoolDirectory());
        Verbs verbs = new Verbs();
        this.listeners = settings.stream()
                .map(each -> new SmtpListener(
                        new ListenerContext(each, () -> this.service, sessions, bodies, verbs, new AtomicBoolean())))
                .toList();
    }

    /**
     * Opens the ports, all or none.
     *
     * @throws ListenerFault when one of them cannot be had; the message names it and says why
     */
    public void start() {
        open = listeners.stream().filter(closing::mayOpen).toList();
        try {
            open.forEach(SmtpListener::start);
        } catch (ListenerFault e) {
            close();
            throw e;
        }
        long millis = WATCH_INTERVAL.toMillis();
        var unused = watch.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /**
     * From now on sessions begin with this; open ones end with what they began with. The number of connections, the memory for bodies
     * and the spool directory stay as they were at the start.
     */
    public void use(SmtpService changed) {
        service = changed;
    }

    /** Where each listener listens, by name, in the order of the settings; to be asked after {@link #start}. */
    public Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        open.stream()
                .filter(listener -> !listener.isClosing())
                .forEach(listener -> addresses.put(listener.name(), listener.localAddress()));
        return addresses;
    }

    /** What is to hear of changes, after those who keep the accounts' caches: it ends sessions whose login was taken back. */
    public ChangeListener changes() {
        return grants;
    }

    private void look() {
        sessions.cutStuck();
        closing.look(open);
    }

    /** How many connections are open now. */
    public int openConnections() {
        return sessions.count();
    }

    /**
     * Takes no more connections, sends idle clients away with 421 4.3.2 and lets open transactions end. Returns when no session is
     * left, or at the end of the time; {@link #close} then cuts those that are.
     *
     * @param limit how long to wait at most
     */
    public void drain(Duration limit) throws InterruptedException {
        listeners.forEach(SmtpListener::stopListening);
        sessions.drain();
        sessions.awaitEmpty(limit);
    }

    /** Closes all ports and connections at once; returns when the last session has let go of its message. */
    @Override
    public void close() {
        listeners.forEach(SmtpListener::stopListening);
        sessions.abortAll();
        listeners.forEach(SmtpListener::close);
        watch.shutdownNow();
        grants.close();
    }
}
