package io.sealpost.account.limit;

import io.sealpost.mail.Rate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A sum and the most that it may be.
 *
 * @param meter what is counted
 * @param most at least 1
 */
public record Bound(Meter meter, long most) {
    /** As {@code 500/h}. */
    public Rate rate() {
        return new Rate(most, meter.window());
    }

    /** What these rows of all nodes come to. */
    public LimitAdministration.Used used(List<SlotCount> rows, Instant now) {
        Map<Long, Long> slots = new HashMap<>();
        rows.forEach(row -> slots.merge(meter.slotOf(row.slot()), row.count(), Long::sum));
        Counter counter = new Counter(meter, Map.of(), slots, 0);
        long count = counter.sum(now);
        return new LimitAdministration.Used(this, count, count < most ? now : counter.opens(now, most));
    }

    /** From this sum on the owner is warned: four fifths. */
    long near() {
        return Math.floorDiv(most * 4 + 4, 5);
    }
}
