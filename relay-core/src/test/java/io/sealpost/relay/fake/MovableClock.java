package io.sealpost.relay.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Stands still until moved. */
public final class MovableClock extends Clock {
    /** Where it begins. */
    public static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    /** Goes on by this much. */
    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
