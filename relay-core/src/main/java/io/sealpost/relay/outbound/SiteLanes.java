package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.PassOver;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.outbound.Workers.Task;
import io.sealpost.relay.route.Route;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * So many attempts at a time to one site, so that a slow one never takes all workers; what is more waits in line without one, account
 * beside account. A site that cannot be reached is left alone for a while, then one attempt finds out; what comes meanwhile is put off
 * untried. Thread-safe.
 *
 * <p>The lines are bounded by what may be under way at all: the budget of fresh mail and the bound of claims.
 */
final class SiteLanes {
    /** Sites remembered; of those where nothing is under way the ones that were used longest ago are forgotten. */
    private static final int REMEMBERED = 10_000;

    private final Workers workers;
    private final SiteAttempt attempt;
    private final Clock clock;
    private volatile SiteBounds bounds;
    private boolean ending; // Guarded by lanes.
    private final Map<String, Lane> lanes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Lane> eldest) {
            return size() > REMEMBERED && eldest.getValue().isIdle();
        }
    };

    SiteLanes(Workers workers, SiteAttempt attempt, SiteBounds bounds, Clock clock) {
        this.workers = workers;
        this.attempt = attempt;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** What may go on now. */
    private sealed interface Entry {
        /** It; {@code troubles}: of its site so far. */
        record Run(int troubles) implements Entry {}

        /** It, when its turn has come. */
        record Wait() implements Entry {}

        /** Not it: the site is left alone. */
        record PutOff(DeliveryOutcome outcome) implements Entry {}

        /** Not it, and nothing more here. */
        record Ending() implements Entry {}
    }

    /** Pauses from now on; the rest holds for sites of which nothing is known. Who waits alone is asked again: the way there may be another. */
    void use(SiteBounds changed) {
        bounds = changed;
        endPauses();
    }

    /** All sites may be asked again now; one attempt each finds out. */
    void endPauses() {
        synchronized (lanes) {
            lanes.values().forEach(lane -> lane.state().endPause());
        }
    }

    /** Runs the shares of one message: the first that may run in this thread, others by workers or when their turn comes. */
    void run(List<SiteShare> shares, Taken taken) {
        List<Runnable> ready = new ArrayList<>();
        List<SiteShare> handedOn = new ArrayList<>();
        for (SiteShare share : shares) {
            Waiting waiting = new Waiting(share, taken);
            Entry entry = enter(waiting);
            if (entry instanceof Entry.Run run) {
                ready.add(() -> work(waiting, run.troubles()));
                handedOn.add(share);
            } else if (entry instanceof Entry.PutOff putOff) {
                attempt.putOff(share.message(), taken.at(), putOff.outcome());
            } else if (entry instanceof Entry.Ending) {
                workers.execute(
                        new Task(share.message(), taken.source(), () -> {})); // They have stopped, and give it back.
            }
        }
        for (int i = 1; i < ready.size(); i++) {
            workers.execute(new Task(handedOn.get(i).message(), taken.source(), ready.get(i)));
        }
        ready.stream().findFirst().ifPresent(Runnable::run);
    }

    /** Everything in line, which leaves it; once the workers have stopped. Nothing comes into a line any more. */
    List<ClaimedMessage> drainLines() {
        synchronized (lanes) {
            ending = true;
            return lanes.values().stream()
                    .flatMap(lane -> lane.drain().stream())
                    .map(waiting -> waiting.share().message())
                    .toList();
        }
    }

    /** What accounts send to domains whose line has at least so many of theirs that were claimed: no more of it for now. */
    Set<PassOver.Stream> crowded(int bound) {
        Set<PassOver.Stream> streams = new HashSet<>();
        synchronized (lanes) {
            lanes.values().forEach(lane -> streams.addAll(lane.crowded(bound)));
        }
        return streams;
    }

    private void work(Waiting waiting, int troubles) {
        SiteNews news = new SiteNews.Unknown();
        try {
            news = attempt.run(waiting.share(), waiting.taken().at());
        } finally {
            if (waiting.share().route() instanceof Route.Hosts hosts) {
                leave(hosts.site(), news, troubles);
            }
        }
    }

    /** What has no hosts needs no lane. */
    private Entry enter(Waiting waiting) {
        if (!(waiting.share().route() instanceof Route.Hosts hosts)) {
            return new Entry.Run(0);
        }
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(hosts.site(), site -> new Lane(bounds.attempts()));
            Optional<DeliveryOutcome> trouble = lane.state().troubleAt(clock.instant());
            if (trouble.isPresent()) {
                return new Entry.PutOff(trouble.get());
            }
            if (lane.tryBegin()) {
                return new Entry.Run(lane.state().troubles());
            }
            if (ending) {
                return new Entry.Ending();
            }
            lane.add(waiting);
            return new Entry.Wait();
        }
    }

    private void leave(String site, SiteNews news, int troublesBefore) {
        List<Waiting> next;
        Optional<DeliveryOutcome> trouble;
        int troubles;
        synchronized (lanes) {
            Lane lane = lanes.get(site); // There as long as an attempt is under way.
            SiteState state = lane.state();
            Instant now = clock.instant();
            if (news instanceof SiteNews.Unreached unreached) {
                state.failed(unreached, troublesBefore, now, bounds.backoffMax());
            } else if (news instanceof SiteNews.Reached) {
                state.reached();
            }
            trouble = state.troubleAt(now);
            next = trouble.isPresent() ? lane.endAndDrain() : lane.endAndBeginNext();
            troubles = state.troubles();
        }
        for (Waiting waiting : next) {
            Runnable work = trouble.<Runnable>map(outcome -> () -> putOff(waiting, outcome))
                    .orElse(() -> work(waiting, troubles));
            workers.execute(new Task(waiting.share().message(), waiting.taken().source(), work));
        }
    }

    /** By many workers at a time, whose settlements share their commits. */
    private void putOff(Waiting waiting, DeliveryOutcome outcome) {
        attempt.putOff(waiting.share().message(), waiting.taken().at(), outcome);
    }
}
