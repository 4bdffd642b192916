package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.outbound.Workers.Task;
import io.sealpost.relay.route.Route;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * So many attempts at a time to one site, so that a slow or dead one never takes all workers; what is more waits in line without
 * one. Where a site cannot be reached, those in line are deferred with it. Thread-safe.
 *
 * <p>The lines are bounded by what may be under way at all: the budget of fresh mail and the bound of claims.
 */
final class SiteLanes {
    private final Workers workers;
    private final SiteAttempt attempt;
    private final int width;
    private final Map<String, Lane> lanes = new HashMap<>();

    /** {@code width}: attempts at a time to one site. */
    SiteLanes(Workers workers, SiteAttempt attempt, int width) {
        this.workers = workers;
        this.attempt = attempt;
        this.width = width;
    }

    private record Waiting(SiteShare share, Instant claimed) {}

    private static final class Lane {
        private int running;
        private final Deque<Waiting> line = new ArrayDeque<>();
    }

    /** Runs the shares of one message: the first that may run in this thread, others by workers or when their turn comes. */
    void run(List<SiteShare> shares, Instant claimed) {
        List<Waiting> ready = shares.stream()
                .map(share -> new Waiting(share, claimed))
                .filter(this::enter)
                .toList();
        ready.stream().skip(1).forEach(this::handOn);
        ready.stream().findFirst().ifPresent(this::work);
    }

    /** Everything in line, which leaves it. */
    List<ClaimedMessage> drainLines() {
        List<ClaimedMessage> all = new ArrayList<>();
        synchronized (lanes) {
            for (Lane lane : lanes.values()) {
                lane.line.forEach(waiting -> all.add(waiting.share().message()));
                lane.line.clear();
            }
        }
        return all;
    }

    private void handOn(Waiting waiting) {
        workers.execute(new Task(waiting.share().message(), () -> work(waiting)));
    }

    private void work(Waiting waiting) {
        Optional<DeliveryOutcome> trouble = Optional.empty();
        try {
            trouble = attempt.run(waiting.share(), waiting.claimed());
        } finally {
            if (waiting.share().route() instanceof Route.Hosts hosts) {
                leave(hosts.site(), trouble);
            }
        }
    }

    /** Whether it may run now; else it stands in line. What has no hosts needs no lane. */
    private boolean enter(Waiting waiting) {
        if (!(waiting.share().route() instanceof Route.Hosts hosts)) {
            return true;
        }
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(hosts.site(), site -> new Lane());
            if (lane.running == width) {
                lane.line.addLast(waiting);
                return false;
            }
            lane.running++;
            return true;
        }
    }

    private void leave(String site, Optional<DeliveryOutcome> trouble) {
        List<Waiting> deferred = new ArrayList<>();
        Waiting next;
        synchronized (lanes) {
            Lane lane = lanes.get(site);
            if (trouble.isPresent()) {
                deferred.addAll(lane.line);
                lane.line.clear();
            }
            next = lane.line.pollFirst();
            lane.running -= next == null ? 1 : 0;
            if (lane.running == 0) {
                lanes.remove(site);
            }
        }
        if (next != null) {
            handOn(next);
        }
        trouble.ifPresent(outcome -> deferred.forEach(
                waiting -> attempt.settleUntried(waiting.share().message(), waiting.claimed(), outcome)));
    }
}
