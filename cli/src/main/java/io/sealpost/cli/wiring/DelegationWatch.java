package io.sealpost.cli.wiring;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.Activation;
import io.sealpost.keys.Delegation;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomains;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyState;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that looks at the records of external domains: those that are due, at most twenty a turn, each by one node. It proves what is
 * seen and activates its keys, and ends the signing of what is gone.
 */
final class DelegationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DelegationWatch.class);
    private static final int AT_ONCE = 20;

    private final ExternalDomains domains;
    private final KeyAdministration keys;
    private final DelegationObserver observer;
    private final KeyObserver records;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "delegations");
        made.setDaemon(true);
        return made;
    });

    /** {@code interval}: between turns; when a domain is looked at stands in the database. */
    DelegationWatch(
            ExternalDomains domains,
            KeyAdministration keys,
            DelegationObserver observer,
            KeyObserver records,
            Duration interval) {
        this.domains = domains;
        this.keys = keys;
        this.observer = observer;
        this.records = records;
        this.interval = interval;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::turn, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            domains.due(AT_ONCE).forEach(this::look);
        } catch (StoreUnavailable away) {
            LOG.debug("no look at external domains while the database is away", away);
        } catch (RuntimeException bug) {
            LOG.error("looking at external domains failed", bug); // The next turn is another chance.
        }
    }

    private void look(ExternalDomain domain) {
        domains.look(domain, observer.look(domain)).ifPresent(this::tell);
        for (DkimKey key : domains.keys(domain)) {
            if (key.state() == KeyState.PENDING && isProven(domain)) {
                Activation activation = keys.activate(key.id(), records.forActivation(key));
                if (activation instanceof Activation.Activated) {
                    LOG.info("{} signs now", key.recordName());
                }
            }
        }
    }

    private boolean isProven(ExternalDomain domain) {
        return domains.holder(domain.name())
                .filter(holder -> holder.id() == domain.id())
                .filter(holder -> holder.proof().state() == ExternalDomain.State.PROVEN)
                .isPresent();
    }

    private void tell(Delegation delegation) {
        String name = delegation.domain().name().ascii();
        switch (delegation.change()) {
            case PROVEN -> LOG.info("{} is proven: all its records are seen", name);
            case GOING ->
                LOG.warn(
                        "records of {} are gone; it signs until {} if they do not come back", name, delegation.until());
            case LAPSED -> LOG.warn("records of {} were gone for too long: nothing is signed for it any more", name);
            case STANDS, NOT_YET, OTHERS, STILL_LAPSED -> LOG.debug("{}: {}", name, delegation.change());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
