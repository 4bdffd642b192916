package io.sealpost.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    /** Of the spread from -10 to +10 percent, the middle. */
    private static final RandomGenerator MIDDLE = new Random() {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    private final RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)));

    @Test
    void waitsInOrderAndRepeatsTheLast() {
        assertThat(schedule.nextAttempt(1, NOW, MIDDLE)).isEqualTo(NOW.plusSeconds(60));
        assertThat(schedule.nextAttempt(2, NOW, MIDDLE)).isEqualTo(NOW.plusSeconds(300));
        assertThat(schedule.nextAttempt(99, NOW, MIDDLE)).isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void spreadsByATenth() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(schedule.nextAttempt(1, NOW, random)).isBetween(NOW.plusSeconds(54), NOW.plusSeconds(66));
        }
    }

    @Test
    void refusesAScheduleThatWouldNeverWait() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of(Duration.ZERO)));
    }
}
