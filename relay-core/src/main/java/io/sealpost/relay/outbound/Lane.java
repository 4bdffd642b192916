package io.sealpost.relay.outbound;

import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.PassOver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Attempts to one site: how many are under way, and what waits for its turn. Not thread-safe. */
final class Lane {
    /** Domains of one account that are remembered while they wait. */
    private static final int DOMAINS = 1000;

    private final SiteState state;
    private final FairLine<Waiting> line = new FairLine<>();
    private final Map<OptionalLong, Claimed> claimed = new HashMap<>();
    private int running;

    /** Of one account: deliveries in line that were claimed, and their domains. */
    private static final class Claimed {
        private int deliveries;
        private final Set<String> domains = new HashSet<>();
    }

    /** {@code most}: attempts at a time. */
    Lane(int most) {
        this.state = new SiteState(most);
    }

    SiteState state() {
        return state;
    }

    boolean isIdle() {
        return running == 0 && line.size() == 0;
    }

    /** Whether one more is under way now. */
    boolean tryBegin() {
        if (running >= state.width()) {
            return false;
        }
        running++;
        return true;
    }

    void add(Waiting waiting) {
        line.add(waiting.share().message(), waiting);
        if (waiting.taken().source() == Taken.Source.CLAIMED) {
            Claimed ofAccount = claimed.computeIfAbsent(account(waiting), key -> new Claimed());
            ofAccount.deliveries += deliveries(waiting).size();
            deliveries(waiting).stream()
                    .map(delivery -> delivery.recipient().address().domain().ascii())
                    .limit(Math.max(0, DOMAINS - ofAccount.domains.size()))
                    .forEach(ofAccount.domains::add);
        }
    }

    /** One has ended; everything in line, which leaves it. */
    List<Waiting> endAndDrain() {
        running--;
        return drain();
    }

    /** One has ended; those in line that are under way from now on. */
    List<Waiting> endAndBeginNext() {
        running--;
        List<Waiting> next = new ArrayList<>();
        while (line.size() > 0 && tryBegin()) {
            Optional<Waiting> first = line.poll(owner -> true);
            first.ifPresent(this::leaves);
            first.ifPresent(next::add);
        }
        return next;
    }

    List<Waiting> drain() {
        claimed.clear();
        return line.drain();
    }

    Set<PassOver.Stream> crowded(int bound) {
        Set<PassOver.Stream> streams = new HashSet<>();
        claimed.forEach((account, ofAccount) -> {
            if (ofAccount.deliveries >= bound) {
                ofAccount.domains.forEach(domain -> streams.add(new PassOver.Stream(account, domain)));
            }
        });
        return streams;
    }

    private void leaves(Waiting waiting) {
        if (waiting.taken().source() == Taken.Source.CLAIMED) {
            OptionalLong account = account(waiting);
            Claimed ofAccount = claimed.get(account);
            ofAccount.deliveries -= deliveries(waiting).size();
            if (ofAccount.deliveries == 0) {
                claimed.remove(account);
            }
        }
    }

    private static OptionalLong account(Waiting waiting) {
        return waiting.share().message().envelope().origin().account();
    }

    private static List<ClaimedDelivery> deliveries(Waiting waiting) {
        return waiting.share().message().deliveries();
    }
}
