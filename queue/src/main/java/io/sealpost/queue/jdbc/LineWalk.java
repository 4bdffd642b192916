package io.sealpost.queue.jdbc;

import io.sealpost.queue.jdbc.ClaimSql.Due;
import io.sealpost.queue.jdbc.ClaimSql.Look;
import io.sealpost.queue.jdbc.ClaimSql.Slot;
import io.sealpost.queue.jdbc.FairChoice.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * Goes round the lines of crowded slots, the oldest of each line a look into the key {@code line}, and goes on from there the next time:
 * once by account, so that one with ten thousand domains takes one step, and once by line, so that each line comes. The number of looks
 * is bounded, whatever waits. Thread-safe.
 */
final class LineWalk {
    private static final int SLOTS = 16;
    private static final int LOOKS = 32;
    private static final long BEFORE_ALL = -1;

    private final Map<Pace, Long> reached = new ConcurrentHashMap<>();
    private final AtomicInteger first = new AtomicInteger();

    /** One of the walks through one slot. */
    private record Pace(Slot.Key slot, Step step) {
        long from(long line) {
            return step == Step.ACCOUNT ? Line.lastOfAccount(line) : line;
        }
    }

    /** A walk of this claim, with what it has met. */
    private record Walk(Pace pace, Set<Long> met) {}

    private enum Step {
        ACCOUNT,
        LINE
    }

    /**
     * What may be taken of what was met.
     *
     * @param urgent of a priority above 0, highest first
     * @param walked the oldest of a line each
     */
    record Found(List<Due> urgent, List<Due> walked) {}

    Found go(Handle handle, List<Slot> crowded, Wanted wanted) {
        List<Slot.Key> slots = some(crowded);
        Map<Long, Due> walked = new LinkedHashMap<>();
        List<Walk> walks = new ArrayList<>();
        for (Step step : Step.values()) {
            slots.forEach(slot -> walks.add(new Walk(new Pace(slot, step), new HashSet<>())));
        }
        int looks = 0;
        while (looks < LOOKS && !walks.isEmpty() && walked.size() < wanted.max()) {
            looks += walks.size();
            step(handle, walks, walked);
        }
        return new Found(urgent(handle, slots, wanted), open(walked.values(), wanted));
    }

    private static List<Due> urgent(Handle handle, List<Slot.Key> slots, Wanted wanted) {
        int each = 1 + wanted.max() / 2 / slots.size();
        List<Look> top = slots.stream()
                .map(slot -> new Look(slot, Line.UNKNOWN, Line.ORDINARY, each))
                .toList();
        return open(ClaimSql.look(handle, top), wanted).stream()
                .sorted(Comparator.comparingInt(due -> Line.rank(due.line())))
                .toList();
    }

    private static List<Due> open(Collection<Due> met, Wanted wanted) {
        return met.stream()
                .filter(due -> !due.nextAt().isAfter(wanted.now()) && wanted.takes(due))
                .toList();
    }

    /** One look each. A walk that comes to the end begins again at the first line, once; one that meets what it met has ended. */
    private void step(Handle handle, List<Walk> walks, Map<Long, Due> walked) {
        List<Look> looks = walks.stream()
                .map(walk ->
                        new Look(walk.pace().slot(), reached.getOrDefault(walk.pace(), BEFORE_ALL), Line.BEHIND_ALL, 1))
                .toList();
        Map<Integer, Due> found = new HashMap<>();
        ClaimSql.look(handle, looks).forEach(due -> found.put(due.look(), due));
        List<Walk> over = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Walk walk = walks.get(i);
            Due due = found.get(i);
            if (due == null) {
                boolean whole = reached.remove(walk.pace()) == null;
                if (whole || !walk.met().add(BEFORE_ALL)) {
                    over.add(walk);
                }
            } else if (walk.met().add(due.id())) {
                reached.put(walk.pace(), walk.pace().from(due.line()));
                walked.putIfAbsent(due.id(), due);
            } else {
                over.add(walk);
            }
        }
        walks.removeAll(over);
    }

    /** Other ones each time. */
    private List<Slot.Key> some(List<Slot> crowded) {
        int count = Math.min(SLOTS, crowded.size());
        int start = Math.floorMod(first.getAndAdd(count), crowded.size());
        List<Slot.Key> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(crowded.get((start + i) % crowded.size()).key());
        }
        return some;
    }
}
