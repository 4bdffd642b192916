package io.sealpost.account.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One sum over a sliding window. The window is counted in twelve slots, each a row in {@code usage} for each node; a slot counts until all
 * of it is older than the window, so that no window of this length ever holds more than the limit.
 *
 * @param scope whose
 * @param of the row of account, app password or tenant; the name of the domain
 * @param metric of what
 * @param window how long what was counted stays in the sum
 */
public record Meter(Scope scope, String of, Metric metric, Duration window) {
    private static final int SLOTS = 12;

    /** Throws when a part is null. */
    public Meter {
        Objects.requireNonNull(scope, "scope is null");
        Objects.requireNonNull(of, "of is null");
        Objects.requireNonNull(metric, "metric is null");
        Objects.requireNonNull(window, "window is null");
    }

    /** Its name in {@code usage}. */
    public String subject() {
        return scope.stored() + "/" + of + "/" + metric.word() + "/" + window.toSeconds();
    }

    /** The slot that a time falls into. */
    public long slotOf(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), slotMillis());
    }

    /** When a slot begins. */
    public Instant startOf(long slot) {
        return Instant.ofEpochMilli(slot * slotMillis());
    }

    /** The first slot that still counts. */
    public long firstCounted(Instant now) {
        return slotOf(now.minus(window));
    }

    /** From when on a slot counts no more. */
    public Instant leaves(long slot) {
        return startOf(slot + 1).plus(window);
    }

    private long slotMillis() {
        return Math.max(1000, window.toMillis() / SLOTS);
    }
}
