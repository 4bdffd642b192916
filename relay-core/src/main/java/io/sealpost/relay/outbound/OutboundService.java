package io.sealpost.relay.outbound;

import io.sealpost.database.ChangeListener;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Lease;
import io.sealpost.queue.Origin;
import io.sealpost.queue.PassOver;
import io.sealpost.queue.QueueClaims;
import io.sealpost.relay.intake.FreshMail;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps mail moving: claims what is due, takes fresh mail from memory, keeps leases, and lets bounded workers do the attempts.
 * Thread-safe.
 *
 * <p>A flood is bounded: fresh mail by a budget of bytes, past which it waits in the database; claims by the workers that are free,
 * of which a quarter is left to them however much fresh mail comes. Accounts share all of it, and none can take the last of it.
 */
public final class OutboundService implements FreshMail {
    private static final Logger LOG = LoggerFactory.getLogger(OutboundService.class);

    private static final int CLAIMED_PER_WORKER = 4;

    private final QueueClaims claims;
    private final Neighbours neighbours;
    private final Suspensions suspensions;
    private final OutboundSettings settings;
    private final Clock clock;
    private final LeaseKeeper keeper;
    private final SettlementDesk desk;
    private final SiteLanes lanes;
    private final DeliveryAttempt attempt;
    private final Workers workers;
    private final FreshBudget budget;
    private final ClaimTurn turn;
    private final Rounds claiming;
    private final Rounds leaseKeeping;
    private final AtomicInteger claimedUnderWay = new AtomicInteger();
    private volatile SettlementPolicy policy;
    private final AtomicInteger endedSinceClaim = new AtomicInteger();
    private volatile ClaimTurn.Outcome outcome = ClaimTurn.Outcome.DONE;
    private Set<Integer> freed = Set.of(); // Of the claiming thread.
    private volatile boolean draining;

    /** Joins the parts; nothing runs before {@link #start}. The clock is the database's. */
    public OutboundService(OutboundPeers peers, Neighbours neighbours, OutboundSettings settings, Clock clock) {
        this.claims = peers.claims();
        this.neighbours = neighbours;
        this.suspensions = peers.suspensions();
        this.settings = settings;
        this.clock = clock;
        this.keeper = new LeaseKeeper(claims, neighbours, settings.leaseTime(), clock);
        this.desk = new SettlementDesk(claims, peers.notices(), keeper);
        this.workers = new Workers(settings.workers(), this::giveBack, this::wakeIfHungry);
        this.policy = policy(settings);
        SigningUpkeep upkeep = new SigningUpkeep(peers.keys(), peers.signing(), claims, clock);
        SuspendedMail suspended = new SuspendedMail(suspensions, () -> policy, desk, clock, new Random());
        SiteAttempt site = new SiteAttempt(suspended, upkeep, peers.remote(), () -> policy, desk, keeper, clock);
        this.lanes = new SiteLanes(workers, site, settings.site(), clock);
        this.attempt = new DeliveryAttempt(suspended, upkeep, peers.router(), lanes, site);
        this.budget = new FreshBudget(settings.freshBudget().bytes());
        this.turn = new ClaimTurn(claims, desk, keeper, neighbours, this::room, this::passOver, this::takeClaimed);
        this.claiming = new Rounds("claims", settings.pollInterval(), this::claim);
        this.leaseKeeping = new Rounds("leases", settings.leaseTime().dividedBy(8), this::keepLeases);
    }

    private static SettlementPolicy policy(OutboundSettings settings) {
        return new SettlementPolicy(settings.retry(), settings.delayNotices(), new Random());
    }

    /** From now on this schedule of retries and notices holds, and this pause for sites; threads, memory and leases stay as they are. */
    public void use(OutboundSettings changed) {
        policy = policy(changed);
        lanes.use(changed.site());
    }

    /** Listens to the change feed for mail that is to be tried now. */
    public ChangeListener retries() {
        return new RetriesByHand(lanes);
    }

    /** Starts claiming and lease keeping. Call once. */
    public void start() {
        claiming.start();
        leaseKeeping.start();
    }

    /**
     * Ends: nothing more is claimed or started, unused leases are given back, attempts under way have the time to end; after it they
     * get no final dot any more.
     *
     * @return attempts that were still under way when the time was over
     */
    public int drain(Duration time) {
        draining = true;
        claiming.stop();
        workers.stop();
        lanes.drainLines().forEach(this::giveBack);
        int left = workers.await(time);
        keeper.denyFinalDots();
        leaseKeeping.stop();
        try {
            desk.writeKept();
        } catch (StoreUnavailable away) {
            LOG.warn("results are lost, their mail will be sent again: {}", away.getMessage());
        }
        return left;
    }

    @Override
    public Optional<Place> reserve(Origin origin, long bytes, int recipients) {
        long weight = FreshBudget.weight(bytes, recipients);
        long owner = FairLine.owner(origin);
        if (draining || desk.isKeeping() || !budget.tryTake(owner, weight)) {
            return Optional.empty();
        }
        return Optional.of(new ReservedPlace(owner, weight));
    }

    @Override
    public void storedForClaim() {
        claiming.wake();
    }

    private final class ReservedPlace implements Place {
        private final long owner;
        private final long weight;

        private ReservedPlace(long owner, long weight) {
            this.owner = owner;
            this.weight = weight;
        }

        @Override
        public void take(ClaimedMessage message) {
            work(message, Taken.Source.FRESH, this::free);
        }

        @Override
        public void free() {
            budget.free(owner, weight);
        }
    }

    private void takeClaimed(ClaimedMessage message) {
        int deliveries = message.deliveries().size();
        claimedUnderWay.addAndGet(deliveries);
        work(message, Taken.Source.CLAIMED, () -> claimedUnderWay.addAndGet(-deliveries));
    }

    private void work(ClaimedMessage message, Taken.Source source, Runnable afterLast) {
        Taken taken = new Taken(clock.instant(), source);
        keeper.hold(leases(message), afterLast);
        DomainPortions.of(message)
                .forEach(portion ->
                        workers.execute(new Workers.Task(portion, source, () -> attempt.run(portion, taken))));
    }

    private void giveBack(ClaimedMessage message) {
        desk.giveBack(leases(message));
    }

    /** Deliveries that may be claimed now: those waiting for a site's turn need no worker, but are bounded too. */
    private int room() {
        int underWay = claimedUnderWay.get();
        int wanted = Math.max(workers.free(), settings.workers() / 4 - underWay);
        return Math.min(wanted, CLAIMED_PER_WORKER * settings.workers() - underWay);
    }

    /** Owners that have enough to do, and what stands in line for a site: a quarter of what is left at most, so that there is always more. */
    private PassOver passOver() {
        int left = CLAIMED_PER_WORKER * settings.workers() - claimedUnderWay.get();
        return new PassOver(workers.busyOwners(), Set.of(), lanes.crowded(Math.max(1, left / 4)));
    }

    private void claim() {
        freeNewlyDead();
        suspensions.bringBack();
        do {
            endedSinceClaim.set(0);
            outcome = turn.run();
        } while (outcome == ClaimTurn.Outcome.MORE && room() >= Math.max(1, settings.workers() / 4) && !draining);
    }

    /** When a quarter of the threads is free; and where mail was passed over, when as many attempts have ended as there are in a quarter. */
    private void wakeIfHungry() {
        int quarter = settings.workers() / 4;
        boolean wakes = switch (outcome) {
            case DONE -> false;
            case MORE -> workers.free() >= quarter;
            case PASSED_OVER -> endedSinceClaim.incrementAndGet() >= quarter;
        };
        if (wakes) {
            claiming.wake();
        }
    }

    /** At once, so that their mail is claimed in this very round. */
    private void freeNewlyDead() {
        Set<Integer> dead = Set.copyOf(neighbours.dead());
        if (!freed.containsAll(dead) && freeLeasesOf(dead)) {
            freed = dead;
        } else {
            freed = freed.stream().filter(dead::contains).collect(Collectors.toSet());
        }
    }

    private void keepLeases() {
        keeper.renewAll();
        freeLeasesOf(neighbours.dead()); // Again and again: one may have been taken for dead and still claim.
    }

    private boolean freeLeasesOf(Set<Integer> dead) {
        try {
            for (int node : dead) {
                int leases = claims.freeLeasesOf(node);
                if (leases > 0) {
                    LOG.warn("node {} is dead; took over {} deliveries that it had under way", node, leases);
                }
            }
            return true;
        } catch (StoreUnavailable away) {
            LOG.warn("cannot free leases of dead nodes now: {}", away.getMessage());
        } catch (RuntimeException bug) {
            LOG.error("a fault of our own while freeing leases", bug);
        }
        return false;
    }

    private static List<Lease> leases(ClaimedMessage message) {
        return message.deliveries().stream().map(ClaimedDelivery::lease).toList();
    }
}
