package io.sealpost.account.limit;

import io.sealpost.account.limit.LimitSettings.WhenOver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** The counters of this node, in memory: of what was sent in the last minutes. Thread-safe. */
final class UsageBook {
    private static final long IDLE = Duration.ofMinutes(10).toNanos();

    private final int node;
    private final LongSupplier ticker;
    private final Map<Meter, Counter> counters = new HashMap<>();

    /** One that was counted, to be given back by its slot. */
    record Counted(Meter meter, long slot) {}

    /** {@code ticker} counts nanoseconds. */
    UsageBook(int node, LongSupplier ticker) {
        this.node = node;
        this.ticker = ticker;
    }

    /** Those of the meters that are not known, or were read longer ago than this; the others are not forgotten for a while. */
    synchronized List<Meter> staler(Collection<Meter> meters, Duration age) {
        long now = ticker.getAsLong();
        return meters.stream()
                .filter(meter -> {
                    Counter counter = counters.get(meter);
                    return counter == null || !counter.use(now, age.toNanos());
                })
                .toList();
    }

    /** Takes rows in that were read at {@code ticks}: our own only where nothing is known yet. */
    synchronized void read(Collection<Meter> meters, List<SlotCount> rows, long ticks) {
        Map<String, List<SlotCount>> bySubject = new HashMap<>();
        rows.forEach(row -> bySubject
                .computeIfAbsent(row.subject(), any -> new ArrayList<>())
                .add(row));
        for (Meter meter : meters) {
            List<SlotCount> found = bySubject.getOrDefault(meter.subject(), List.of());
            Map<Long, Long> others = slots(meter, found, row -> row.node() != node);
            Counter known = counters.get(meter);
            if (known == null) {
                counters.put(meter, new Counter(meter, slots(meter, found, row -> row.node() == node), others, ticks));
            } else {
                known.others(others, ticks);
            }
        }
    }

    private static Map<Long, Long> slots(Meter meter, List<SlotCount> rows, Predicate<SlotCount> which) {
        Map<Long, Long> slots = new HashMap<>();
        rows.stream().filter(which).forEach(row -> slots.merge(meter.slotOf(row.slot()), row.count(), Long::sum));
        return slots;
    }

    long ticks() {
        return ticker.getAsLong();
    }

    /** Counts one for each bound, or none where one of them is reached. All meters must be known. */
    synchronized Optional<OverLimit> add(List<Bound> bounds, Instant now, WhenOver answer, List<Counted> into) {
        Optional<OverLimit> over = Optional.empty();
        for (Bound bound : bounds) {
            Counter counter = counters.get(bound.meter());
            if (counter.sum(now) >= bound.most()) {
                Instant opens = counter.opens(now, bound.most());
                if (over.isEmpty() || opens.isAfter(over.get().opens())) {
                    over = Optional.of(new OverLimit(bound, opens, answer));
                }
            }
        }
        if (over.isEmpty()) {
            long ticks = ticker.getAsLong();
            bounds.forEach(bound -> into.add(
                    new Counted(bound.meter(), counters.get(bound.meter()).add(now, ticks))));
        }
        return over;
    }

    synchronized void giveBack(List<Counted> counted) {
        counted.forEach(one -> {
            Counter counter = counters.get(one.meter());
            if (counter != null) {
                counter.change(one.slot(), -1);
            }
        });
    }

    /** Those whose owner is to be warned now. */
    synchronized List<Bound> near(List<Bound> bounds, Instant now) {
        return bounds.stream()
                .filter(bound -> {
                    Counter counter = counters.get(bound.meter());
                    return counter != null && counter.warns(now, bound.near());
                })
                .toList();
    }

    /** What is to be written; each is handed out once. */
    synchronized List<SlotCount> takeDirty() {
        List<SlotCount> rows = new ArrayList<>();
        for (Counter counter : counters.values()) {
            Meter meter = counter.meter();
            counter.takeDirty()
                    .forEach((slot, count) ->
                            rows.add(new SlotCount(meter.subject(), node, meter.startOf(slot), count)));
        }
        return rows;
    }

    synchronized void putBack(List<SlotCount> rows) {
        Map<String, Counter> bySubject = new HashMap<>();
        counters.forEach((meter, counter) -> bySubject.put(meter.subject(), counter));
        rows.forEach(row -> {
            Counter counter = bySubject.get(row.subject());
            if (counter != null) {
                counter.putBack(counter.meter().slotOf(row.slot()), row.count());
            }
        });
    }

    /** Those that were counted within this time. */
    synchronized List<Meter> usedWithin(Duration age) {
        long now = ticker.getAsLong();
        return counters.values().stream()
                .filter(counter -> now - counter.usedAt() <= age.toNanos())
                .map(Counter::meter)
                .toList();
    }

    /** Forgets what nobody counts on: it is read again when somebody does. */
    synchronized void forgetIdle() {
        long now = ticker.getAsLong();
        counters.values().removeIf(counter -> !counter.isDirty() && now - counter.usedAt() > IDLE);
    }

    synchronized int size() {
        return counters.size();
    }
}
