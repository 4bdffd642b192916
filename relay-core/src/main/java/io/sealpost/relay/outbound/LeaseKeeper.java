package io.sealpost.relay.outbound;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.DeliveryId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.Lease;
import io.sealpost.queue.QueueClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows every lease that this node works under, renews them while work goes on, and forgets those that were lost. Thread-safe.
 *
 * <p>A lease counts as held until the database said that it is not; whether its time still suffices is asked right before the final
 * dot.
 */
final class LeaseKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final QueueClaims claims;
    private final Neighbours neighbours;
    private final Duration leaseTime;
    private final Clock clock;
    private final Map<DeliveryId, Held> held = new ConcurrentHashMap<>();
    private volatile boolean denying;

    private record Held(Lease lease, Work work) {
        /** When the database was asked for it, or to renew it. */
        Instant confirmed(Duration leaseTime) {
            return lease.until().minus(leaseTime);
        }
    }

    /** The deliveries of one claim; what is done when the last of them is let go. */
    private record Work(AtomicInteger left, Runnable afterLast) {
        void letOneGo() {
            if (left.decrementAndGet() == 0) {
                afterLast.run();
            }
        }
    }

    LeaseKeeper(QueueClaims claims, Neighbours neighbours, Duration leaseTime, Clock clock) {
        this.claims = claims;
        this.neighbours = neighbours;
        this.leaseTime = leaseTime;
        this.clock = clock;
    }

    /** From now on these are renewed; {@code afterLast} is run once all of them were let go or lost. */
    void hold(Collection<Lease> leases, Runnable afterLast) {
        Work work = new Work(new AtomicInteger(leases.size()), afterLast);
        leases.forEach(lease -> held.put(lease.delivery(), new Held(lease, work)));
    }

    /** Work under these has ended. Those no longer held are passed over. */
    void letGo(Collection<Lease> leases) {
        for (Lease lease : leases) {
            Held gone = held.remove(lease.delivery());
            if (gone != null) {
                gone.work().letOneGo();
            }
        }
    }

    /** Those of the deliveries whose leases are not lost. */
    List<ClaimedDelivery> stillHeld(List<ClaimedDelivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> held.containsKey(delivery.lease().delivery()))
                .toList();
    }

    /**
     * Whether all are held with at least half of their time left, and no other node can have taken this one for dead since they were
     * claimed or renewed. Where one can, as after this process was stopped for a while, the database is asked.
     */
    boolean permitsFinalDot(List<ClaimedDelivery> deliveries) {
        Optional<Instant> alive = neighbours.aliveSince();
        if (denying || alive.isEmpty()) {
            return false;
        }
        Map<DeliveryId, Held> doubtful = new HashMap<>();
        entries(deliveries)
                .filter(entry -> entry.confirmed(leaseTime).isBefore(alive.get()))
                .forEach(entry -> doubtful.put(entry.lease().delivery(), entry));
        renew(doubtful);
        Instant needed = clock.instant().plus(leaseTime.dividedBy(2));
        return entries(deliveries)
                        .filter(entry -> !entry.lease().until().isBefore(needed))
                        .filter(entry -> !entry.confirmed(leaseTime).isBefore(alive.get()))
                        .count()
                == deliveries.size();
    }

    private Stream<Held> entries(List<ClaimedDelivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> held.get(delivery.lease().delivery()))
                .filter(Objects::nonNull);
    }

    /** No final dot from now on: the time for draining is over. */
    void denyFinalDots() {
        denying = true;
    }

    /** Moves all ends on; what the database does not confirm is lost. Does nothing while the database is away. */
    void renewAll() {
        renew(new HashMap<>(held));
    }

    /**
     * The same for those whose time has run out: after an outage of the database, or where this process was stopped.
     *
     * @throws StoreUnavailable when the database is away
     */
    void renewRunOut() {
        Instant now = clock.instant();
        Map<DeliveryId, Held> runOut = new HashMap<>(held);
        runOut.values().removeIf(entry -> !entry.lease().until().isBefore(now));
        ask(runOut);
    }

    private void renew(Map<DeliveryId, Held> before) {
        try {
            ask(before);
        } catch (StoreUnavailable away) {
            LOG.warn("cannot renew leases now: {}", away.getMessage());
        }
    }

    private void ask(Map<DeliveryId, Held> before) {
        if (before.isEmpty()) {
            return;
        }
        Map<DeliveryId, Lease> renewed = new HashMap<>();
        claims.renew(before.values().stream().map(Held::lease).toList())
                .forEach(lease -> renewed.put(lease.delivery(), lease));
        before.forEach((id, entry) -> update(id, entry, renewed.get(id)));
    }

    /** Touches nothing that was let go, or claimed anew, while the database was asked. */
    private void update(DeliveryId id, Held before, Lease renewed) {
        if (renewed != null) {
            held.replace(id, before, new Held(renewed, before.work()));
        } else if (held.remove(id, before)) {
            LOG.warn("{}: lost the lease of delivery {}", before.lease().message(), id);
            before.work().letOneGo();
        }
    }
}
