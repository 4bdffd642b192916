package io.sealpost.queue.jdbc;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.database.Transactions;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.QueueInspection;
import io.sealpost.queue.QueueStatistics;
import io.sealpost.queue.jdbc.StatisticsSql.Alike;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In autocommit, ten thousand deliveries a statement. Thread-safe. */
public final class JdbcQueueStatistics implements QueueStatistics {
    private static final int SLICE = 10_000;

    private final Transactions transactions;
    private final Clock clock;

    /** The clock is the database's. */
    public JdbcQueueStatistics(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Tally tally(By by) {
        Instant now = clock.instant();
        List<Long> thresholds = AGES.stream()
                .map(age -> TimeOrderedIds.lowestAt(now.minus(age)))
                .toList();
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        Map<String, long[]> lines = new HashMap<>();
        long after = -1;
        int read = 0;
        long got;
        do {
            long from = after;
            List<Alike> part = transactions.read(handle -> StatisticsSql.part(handle, by, thresholds, from, SLICE));
            got = 0;
            for (Alike alike : part) {
                states.merge(alike.state(), alike.deliveries(), Long::sum);
                line(lines, alike.name())[alike.age()] += alike.deliveries();
                after = Math.max(after, alike.last());
                got += alike.deliveries();
            }
            read += SLICE;
        } while (got == SLICE && read < MOST_READ);
        return new Tally(states, sorted(lines), got < SLICE);
    }

    private static long[] line(Map<String, long[]> lines, String name) {
        String kept = lines.size() < MOST_NAMES || lines.containsKey(name) ? name : OTHERS;
        return lines.computeIfAbsent(kept, none -> new long[AGES.size() + 1]);
    }

    private static List<Line> sorted(Map<String, long[]> lines) {
        return lines.entrySet().stream()
                .map(entry -> new Line(
                        entry.getKey(), Arrays.stream(entry.getValue()).boxed().toList()))
                .sorted(Comparator.comparing(Line::total).reversed().thenComparing(Line::name))
                .toList();
    }

    @Override
    public Map<DeliveryState, Long> states() {
        Map<DeliveryState, Long> states = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : DeliveryState.values()) {
            states.put(
                    state,
                    transactions.read(handle -> StatisticsSql.inState(handle, state, QueueInspection.MOST_COUNTED)));
        }
        return states;
    }

    @Override
    public Map<JournalEntry.Kind, Long> events(Duration window) {
        return transactions.read(
                handle -> StatisticsSql.events(handle, clock.instant().minus(window)));
    }
}
