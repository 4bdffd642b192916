package io.sealpost.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A monotonic clock that a test moves, and the time of day that goes with it. */
final class Ticker implements LongSupplier {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private final AtomicLong nanos = new AtomicLong(1_000_000_007L);

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    /** UTC; shows noon of one day when the test begins. */
    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return START.plusNanos(nanos.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
