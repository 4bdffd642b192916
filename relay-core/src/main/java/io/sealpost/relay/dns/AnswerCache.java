package io.sealpost.relay.dns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Answers within their TTL, the least recently used ones dropped first. Thread-safe. */
final class AnswerCache {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Clock clock;
    private final Map<Question, Kept> kept;

    AnswerCache(int entries, Clock clock) {
        this.clock = clock;
        this.kept = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
                return size() > entries;
            }
        };
    }

    synchronized Optional<Step.End> get(Question question) {
        Kept found = kept.get(question);
        if (found == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(found.until)) {
            kept.remove(question);
            return Optional.empty();
        }
        return Optional.of(found.end);
    }

    synchronized void put(Question question, Step.End end) {
        Duration ttl = end.ttl().compareTo(LONGEST) < 0 ? end.ttl() : LONGEST;
        if (!ttl.isZero()) {
            kept.put(question, new Kept(end, clock.instant().plus(ttl)));
        }
    }

    private record Kept(Step.End end, Instant until) {}
}
