package io.sealpost.relay.outbound;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.ChangeListener;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.MailDomain;
import io.sealpost.queue.DeliveryMemory;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The suspensions as this node knows them: read when it starts and whenever one changes. What one that was ended early had put off is
 * brought back once it is no longer known here, since until then this node itself may have put off more. Thread-safe.
 */
public final class Suspensions implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Suspensions.class);

    private final DeliveryMemory memory;
    private final Clock clock;
    private final Queue<Suspension> toBringBack = new ConcurrentLinkedQueue<>();
    private volatile View view = View.NONE;
    private volatile boolean stale = true;

    /** The clock is the database's. */
    public Suspensions(DeliveryMemory memory, Clock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    private record View(Map<MailDomain, Suspension> domains, Map<Long, Suspension> accounts, List<Suspension> sites) {
        static final View NONE = new View(Map.of(), Map.of(), List.of());

        static View of(List<Suspension> all) {
            Map<MailDomain, Suspension> domains = new HashMap<>();
            Map<Long, Suspension> accounts = new HashMap<>();
            List<Suspension> sites = new ArrayList<>();
            for (Suspension one : all) {
                if (one.what() instanceof Suspended.Domain domain) {
                    domains.put(domain.domain(), one);
                } else if (one.what() instanceof Suspended.Account account) {
                    accounts.put(account.row(), one);
                } else {
                    sites.add(one);
                }
            }
            return new View(domains, accounts, sites);
        }

        List<Suspension> all() {
            List<Suspension> all = new ArrayList<>(domains.values());
            all.addAll(accounts.values());
            all.addAll(sites);
            return all;
        }
    }

    @Override
    public void changed(Change change) {
        if (change.kind() == ChangeKind.SUSPENSION) {
            readSoon();
        }
    }

    @Override
    public void dropAll() {
        readSoon();
    }

    private void readSoon() {
        stale = true;
        try {
            current();
        } catch (StoreUnavailable away) {
            LOG.debug("suspensions are read later", away);
        }
    }

    /**
     * The suspension that covers a delivery now; throws StoreUnavailable while that cannot be known.
     *
     * @param site where it goes; {@code ""} before it is routed
     */
    Optional<Suspension> of(MailDomain domain, OptionalLong account, String site) {
        View now = current();
        Instant time = clock.instant();
        return Optional.ofNullable(now.domains().get(domain))
                .filter(one -> one.counts(time))
                .or(() -> account.stream()
                        .mapToObj(now.accounts()::get)
                        .filter(one -> one != null && one.counts(time))
                        .findFirst())
                .or(() -> now.sites().stream()
                        .filter(one -> !site.isEmpty()
                                && one.counts(time)
                                && one.what().covers(domain, account, site))
                        .findFirst());
    }

    private View current() {
        return stale ? read() : view;
    }

    private synchronized View read() {
        if (stale) {
            stale = false;
            try {
                View next = View.of(memory.suspensions());
                view.all().stream().filter(old -> endedEarly(old, next)).forEach(toBringBack::add);
                view = next;
            } catch (RuntimeException failed) {
                stale = true;
                throw failed;
            }
        }
        return view;
    }

    private boolean endedEarly(Suspension old, View next) {
        return old.counts(clock.instant())
                && next.all().stream()
                        .noneMatch(one ->
                                one.what().equals(old.what()) && !one.ends().isBefore(old.ends()));
    }

    /** Brings back some of what ended suspensions had put off; called each round, throws nothing. */
    void bringBack() {
        try {
            Suspension ended = toBringBack.peek();
            while (ended != null) {
                while (memory.bringBack(ended) > 0) {
                    LOG.debug("brought back deliveries to {}", ended.what());
                }
                toBringBack.remove(ended);
                ended = toBringBack.peek();
            }
        } catch (StoreUnavailable away) {
            LOG.debug("brought back later", away);
        } catch (RuntimeException bug) {
            LOG.error("a fault of our own while bringing back what was suspended", bug);
            toBringBack.poll();
        }
    }
}
