package io.sealpost.queue.jdbc;

import io.sealpost.queue.PassOver;
import io.sealpost.queue.jdbc.ClaimSql.Due;
import io.sealpost.queue.jdbc.ClaimSql.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Chooses which due deliveries are claimed. Where all can be, all are, oldest first. Where there is more, at most half is of a priority
 * above 0; of the rest half goes round the lines of accounts and domains, and half is the oldest: so nobody waits behind another's
 * 200,000, and nobody for ever. Thread-safe.
 */
final class FairChoice {
    private final LineWalk walk = new LineWalk();
    private final AtomicInteger turns = new AtomicInteger();

    /**
     * What is asked for.
     *
     * @param max deliveries at most, above 0
     */
    record Wanted(Set<Integer> buckets, int max, PassOver passOver, Instant now) {
        boolean takes(Due due) {
            return !passOver.covers(due.account(), due.domain());
        }
    }

    /** The oldest, and the slots where there is more than was read. */
    private record Oldest(List<Due> due, List<Slot> crowded) {}

    /** Ids of due deliveries, at most as many as wanted. */
    Set<Long> choose(Handle handle, Wanted wanted) {
        List<Slot> slots = ClaimSql.dueSlots(handle, wanted.buckets(), wanted.now());
        Oldest oldest = oldest(handle, slots, wanted);
        Set<Long> chosen = new LinkedHashSet<>();
        List<Due> walked = List.of();
        if (!oldest.crowded().isEmpty()) {
            LineWalk.Found found = walk.go(handle, oldest.crowded(), wanted);
            add(chosen, found.urgent(), wanted.max() / 2);
            int left = wanted.max() - chosen.size();
            // Where one is left, it is by turns the oldest and the next in the round.
            add(chosen, found.walked(), chosen.size() + (left + turns.getAndIncrement() % 2) / 2);
            walked = found.walked();
        }
        add(chosen, oldest.due(), wanted.max());
        if (chosen.size() < wanted.max() && !walked.isEmpty()) {
            fill(handle, chosen, walked, wanted);
        }
        return chosen;
    }

    /** The oldest were passed over: then the lines that the round met give more than one. */
    private static void fill(Handle handle, Set<Long> chosen, List<Due> walked, Wanted wanted) {
        Map<Long, Due> lines = new LinkedHashMap<>();
        walked.forEach(due -> lines.putIfAbsent(due.line(), due));
        int each = 1 + wanted.max() / lines.size();
        List<Due> more = ClaimSql.ofLines(handle, lines.values(), wanted.now(), each);
        add(chosen, more.stream().filter(wanted::takes).toList(), wanted.max());
    }

    private static void add(Set<Long> chosen, List<Due> due, int upTo) {
        due.stream()
                .map(Due::id)
                .filter(id -> !chosen.contains(id))
                .limit(Math.max(0, upTo - chosen.size()))
                .toList()
                .forEach(chosen::add);
    }

    /** Each slot's share first, so that a full one does not hide the others; what they leave over goes to the full ones. */
    private static Oldest oldest(Handle handle, List<Slot> slots, Wanted wanted) {
        if (slots.isEmpty()) {
            return new Oldest(List.of(), List.of());
        }
        int max = wanted.max();
        int share = Math.max(1, max / slots.size());
        List<Slot> asked = slots.subList(0, Math.min(max, slots.size()));
        List<Due> read = ClaimSql.due(handle, asked, wanted.now(), share);
        Map<Long, Due> due = new LinkedHashMap<>();
        read.stream().filter(wanted::takes).forEach(one -> due.put(one.id(), one));
        Map<Slot.Key, Long> counts = read.stream().collect(Collectors.groupingBy(Due::slot, Collectors.counting()));
        List<Slot> crowded = new ArrayList<>();
        for (Slot slot : asked) {
            int limit = share + Math.max(0, max - due.size());
            boolean full = counts.getOrDefault(slot.key(), 0L) == share;
            if (full && (limit == share || more(handle, slot, limit, due, wanted))) {
                crowded.add(slot);
            }
        }
        crowded.addAll(slots.subList(asked.size(), slots.size()));
        return new Oldest(List.copyOf(due.values()), crowded);
    }

    /** Reads further; whether there is still more. */
    private static boolean more(Handle handle, Slot slot, int limit, Map<Long, Due> due, Wanted wanted) {
        List<Due> read = ClaimSql.due(handle, List.of(slot), wanted.now(), limit);
        read.stream().filter(wanted::takes).forEach(one -> due.putIfAbsent(one.id(), one));
        return read.size() == limit;
    }
}
