package io.sealpost.relay.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LifetimeTest {
    private static final Instant END = Instant.parse("2026-12-31T00:00:00Z");

    private static Lifetime lasting(int days) {
        return new Lifetime(END.minus(Duration.ofDays(days)), END);
    }

    private static Instant before(Duration left) {
        return END.minus(left);
    }

    @Test
    void isTalkedOfInSteps() {
        Lifetime year = lasting(365);
        assertThat(year.warning(before(Duration.ofDays(31)))).isEmpty();
        assertThat(year.warning(before(Duration.ofDays(30)))).contains(30);
        assertThat(year.warning(before(Duration.ofDays(15)))).contains(30);
        assertThat(year.warning(before(Duration.ofDays(14)))).contains(14);
        assertThat(year.warning(before(Duration.ofDays(6)))).contains(7);
        assertThat(year.warning(before(Duration.ofDays(2)))).contains(3);
        assertThat(year.warning(before(Duration.ofHours(3)))).contains(1);
        assertThat(year.warning(END.plusSeconds(1))).contains(0);
    }

    @Test
    void aShortLifeIsNotTalkedOfFromItsBeginning() {
        assertThat(lasting(6).warning(before(Duration.ofDays(5)))).isEmpty();
        assertThat(lasting(6).warning(before(Duration.ofDays(2)))).contains(3);
        assertThat(lasting(45).warning(before(Duration.ofDays(16)))).isEmpty();
        assertThat(lasting(45).warning(before(Duration.ofDays(15)))).contains(30);
    }
}
