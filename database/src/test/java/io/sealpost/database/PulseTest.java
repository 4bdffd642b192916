package io.sealpost.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private Duration monotonic = Duration.ZERO;
    private Duration wall = Duration.ZERO;
    private final Clock machine = new Clock() {
        @Override
        public Instant instant() {
            return START.plus(wall);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    };
    private final Pulse pulse = new Pulse(Duration.ofMinutes(1), () -> monotonic.toNanos(), machine, machine);

    @Test
    void isUnbrokenWhileItBeats() {
        for (int i = 0; i < 20; i++) {
            passes(44);
            assertThat(pulse.unbrokenSince()).contains(Instant.MIN);
            pulse.beat(pulse.now());
        }
    }

    @Test
    void isBrokenBeforeOthersMayCallTheNodeDead() {
        passes(45);
        assertThat(pulse.unbrokenSince()).isEmpty();
    }

    @Test
    void isUnbrokenAgainOnceTheOthersHaveLookedTwice() {
        passes(70);
        Instant woken = machine.instant();
        pulse.beat(pulse.now());
        passes(5);
        pulse.beat(pulse.now());
        assertThat(pulse.unbrokenSince()).isEmpty();
        passes(1);
        assertThat(pulse.unbrokenSince()).contains(woken);
    }

    @Test
    void aBeatWhoseAnswerCameAfterTheGapDoesNotCloseIt() {
        Pulse.Moment begun = pulse.now();
        passes(70);
        pulse.beat(begun);
        assertThat(pulse.unbrokenSince()).isEmpty();
    }

    @Test
    void countsTheTimeOnTheWallWhereTheMonotonicClockSlept() {
        wall = wall.plusSeconds(70);
        assertThat(pulse.unbrokenSince()).isEmpty();
    }

    private void passes(long seconds) {
        monotonic = monotonic.plusSeconds(seconds);
        wall = wall.plusSeconds(seconds);
    }
}
