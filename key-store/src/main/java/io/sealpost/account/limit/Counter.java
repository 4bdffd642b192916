package io.sealpost.account.limit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The slots of one meter: what this node counted, and what the others had when they were last read. Guarded by the book. */
final class Counter {
    private final Meter meter;
    private final TreeMap<Long, Long> own = new TreeMap<>();
    private final TreeMap<Long, Long> dirty = new TreeMap<>();
    private Map<Long, Long> others;
    private long readAt;
    private long usedAt;
    private Instant warned = Instant.MIN;

    /** {@code ticks}: when the rows were read. */
    Counter(Meter meter, Map<Long, Long> own, Map<Long, Long> others, long ticks) {
        this.meter = meter;
        this.own.putAll(own);
        this.others = Map.copyOf(others);
        this.readAt = ticks;
        this.usedAt = ticks;
    }

    Meter meter() {
        return meter;
    }

    /** Somebody is about to count; whether what is known of the others is no older than that. */
    boolean use(long ticks, long age) {
        usedAt = ticks;
        return ticks - readAt <= age;
    }

    long usedAt() {
        return usedAt;
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    void others(Map<Long, Long> counted, long ticks) {
        others = Map.copyOf(counted);
        readAt = ticks;
    }

    /** What counts now. */
    long sum(Instant now) {
        return slots(now).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both, of the slots that still count, in order. */
    private Map<Long, Long> slots(Instant now) {
        long first = meter.firstCounted(now);
        TreeMap<Long, Long> all = new TreeMap<>(own.tailMap(first, true));
        others.forEach((slot, count) -> {
            if (slot >= first) {
                all.merge(slot, count, Long::sum);
            }
        });
        return all;
    }

    /** When the sum has fallen below {@code most}. */
    Instant opens(Instant now, long most) {
        Map<Long, Long> slots = slots(now);
        long left = sum(now);
        for (Map.Entry<Long, Long> slot : slots.entrySet()) {
            left -= slot.getValue();
            if (left < most) {
                return meter.leaves(slot.getKey());
            }
        }
        return now;
    }

    /** Counts in the slot of now; returns it. */
    long add(Instant now, long ticks) {
        long slot = meter.slotOf(now);
        change(slot, 1);
        own.headMap(meter.firstCounted(now), false).clear();
        usedAt = ticks;
        return slot;
    }

    void change(long slot, long by) {
        long count = Math.max(0, own.getOrDefault(slot, 0L) + by);
        own.put(slot, count);
        dirty.put(slot, count);
    }

    /** What was counted since the last time this was asked, as absolute counts of slots. */
    Map<Long, Long> takeDirty() {
        Map<Long, Long> taken = Map.copyOf(dirty);
        dirty.clear();
        return taken;
    }

    /** It could not be written: once more, unless it was counted on since. */
    void putBack(long slot, long count) {
        dirty.putIfAbsent(slot, count);
    }

    /** Whether the owner is to be warned now: once a window. */
    boolean warns(Instant now, long near) {
        if (sum(now) < near || warned.isAfter(now.minus(meter.window()))) {
            return false;
        }
        warned = now;
        return true;
    }
}
