package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void holdsTimeNodeAndCounter() {
        TimeOrderedIds ids =
                new TimeOrderedIds(Clock.fixed(Instant.parse("2020-01-01T00:00:05Z"), ZoneOffset.UTC), 1023);

        assertThat(ids.next()).isEqualTo(5_000L << 22 | 1023L << 12);
        assertThat(ids.next()).isEqualTo(5_000L << 22 | 1023L << 12 | 1);
    }

    @Test
    void staysPositiveUntil2089() {
        TimeOrderedIds ids =
                new TimeOrderedIds(Clock.fixed(Instant.parse("2089-01-01T00:00:00Z"), ZoneOffset.UTC), 1023);

        assertThat(ids.next()).isPositive();
    }

    @Test
    void givesThreadsDifferentIdsInOrder() throws Exception {
        TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), 7);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<List<Long>>> runs = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            runs.add(threads.submit(() -> {
                List<Long> given = new ArrayList<>();
                for (int i = 0; i < 20_000; i++) {
                    given.add(ids.next());
                }
                return given;
            }));
        }
        Set<Long> all = new HashSet<>();
        for (Future<List<Long>> run : runs) {
            assertThat(run.get()).isSorted();
            all.addAll(run.get());
        }
        threads.shutdown();

        assertThat(all).hasSize(80_000);
    }

    @Test
    void waitsForAClockThatSteppedBack() {
        Steps clock = new Steps(START.toEpochMilli(), START.toEpochMilli() - 3);
        TimeOrderedIds ids = new TimeOrderedIds(clock, 0);
        long first = ids.next();

        long second = ids.next();

        assertThat(second).isGreaterThan(first);
        assertThat(clock.asked.get()).isGreaterThan(3); // It looked until the clock had caught up.
    }

    @Test
    void waitsForTheNextMillisecondAfter4096() {
        Clock creeping = new Steps(START.toEpochMilli(), START.toEpochMilli()) {
            @Override
            public long millis() {
                return START.toEpochMilli() + asked.getAndIncrement() / 5_000;
            }
        };
        TimeOrderedIds ids = new TimeOrderedIds(creeping, 0);
        long first = ids.next();
        for (int i = 1; i < 4096; i++) {
            ids.next();
        }

        assertThat(ids.next()).isEqualTo(first + (1L << 22));
    }

    @Test
    void refusesNodesOutOfRange() {
        assertThatThrownBy(() -> new TimeOrderedIds(Clock.systemUTC(), 1024))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeOrderedIds(Clock.systemUTC(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Shows one time first, then another one that goes on by a millisecond at each look. */
    private static class Steps extends Clock {
        final AtomicLong asked = new AtomicLong();
        private final long first;
        private final long then;

        Steps(long first, long then) {
            this.first = first;
            this.then = then;
        }

        @Override
        public long millis() {
            long look = asked.getAndIncrement();
            return look == 0 ? first : then + look - 1;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
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
}
