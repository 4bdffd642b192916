package io.sealpost.relay.smtp.tls;

import io.sealpost.relay.smtp.tls.CertificateReview.Objection;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the certificates' files again and again and has listeners show what is new in them. What is worse than the pairs in use
 * is not taken, and said once. A change is acted upon when two looks saw the same, so that a pair is not read between its two files.
 * Says too when a certificate's end comes near. Thread-safe.
 */
public final class CertificateWatch implements AutoCloseable {
    /** How often the files are looked at. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger("sealpost.tls");

    private final ServerTls tls;
    private final Clock clock;
    private final Duration interval;
    private final Map<String, Integer> warned = new HashMap<>();
    private CertificateSource source;
    private FileContents inUse;
    private FileContents seen;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "certificates");
        made.setDaemon(true);
        return made;
    });

    /**
     * Looks at nothing yet.
     *
     * @param tls has what was read from {@code source}
     * @param clock of this machine: clients do not ask the database
     */
    public CertificateWatch(ServerTls tls, CertificateSource source, Clock clock, Duration interval) {
        this.tls = tls;
        this.source = source;
        this.clock = clock;
        this.interval = interval;
        this.inUse = FileContents.of(source);
        this.seen = inUse;
    }

    /** Says what is wrong with the certificates as they are, then begins. */
    public void start() {
        CertificateReview.of(tls.identity(), clock.instant())
                .forEach(objection -> LOG.warn("{}", objection.sentence()));
        thread.scheduleWithFixedDelay(this::turn, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reads these at once, whether or not they changed; throws {@link CertificateFault} when they are not taken. */
    public synchronized void use(CertificateSource wanted) {
        FileContents contents = FileContents.of(wanted);
        TlsIdentity next = wanted.read();
        List<Objection> added = CertificateReview.added(tls.identity(), next, clock.instant());
        if (!added.isEmpty()) {
            throw new CertificateFault(added.stream().map(Objection::sentence).collect(Collectors.joining("; ")));
        }
        source = wanted;
        inUse = contents;
        seen = contents;
        if (!next.showsTheSameAs(tls.identity())) {
            tls.use(next);
            next.pairs()
                    .forEach(pair -> LOG.info(
                            "new sessions are shown the certificate in {}, valid until {}",
                            pair.files().certificate(),
                            Lifetime.of(pair.certificate()).end()));
        }
    }

    private void turn() {
        try {
            look();
            warn();
        } catch (RuntimeException bug) {
            LOG.error("looking after the certificates failed", bug); // The next turn is another chance.
        }
    }

    /** One look at the files. */
    synchronized void look() {
        FileContents contents = FileContents.of(source);
        if (contents.equals(inUse)) {
            seen = contents;
        } else if (contents.equals(seen)) {
            inUse = contents; // Refused once, it is not read again before it changes.
            take();
        } else {
            seen = contents;
        }
    }

    private void take() {
        try {
            use(source);
        } catch (CertificateFault refused) {
            LOG.error("the certificates of before go on, the changed ones are not taken: {}", refused.getMessage());
        }
    }

    /** A line for each certificate whose end has come nearer by a step. */
    synchronized void warn() {
        for (ServerCertificate pair : tls.identity().pairs()) {
            Lifetime life = Lifetime.of(pair.certificate());
            String which = pair.files().certificate() + " until " + life.end();
            life.warning(clock.instant())
                    .filter(days -> !days.equals(warned.put(which, days)))
                    .ifPresent(days -> LOG.warn(
                            "the certificate in {} {}; renew it, and look whether that happens by itself",
                            pair.files().certificate(),
                            days == 0
                                    ? "ended on " + life.end()
                                    : "ends within " + days + (days == 1 ? " day" : " days") + ", on " + life.end()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
