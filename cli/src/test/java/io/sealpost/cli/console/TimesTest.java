package io.sealpost.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void showsTimesInUtcToTheSecond() {
        assertThat(Times.shown(Instant.parse("2026-10-25T00:30:59.999Z"))).isEqualTo("2026-10-25 00:30:59Z");
    }

    @Test
    void showsDurationsInTheirTwoLargestUnits() {
        assertThat(Times.shown(Duration.ofHours(76))).isEqualTo("3d 4h");
        assertThat(Times.shown(Duration.ofMinutes(61))).isEqualTo("1h 1m");
        assertThat(Times.shown(Duration.ofSeconds(310))).isEqualTo("5m 10s");
        assertThat(Times.shown(Duration.ofMillis(12_900))).isEqualTo("12s");
        assertThat(Times.shown(Duration.ofSeconds(-5))).isEqualTo("0s");
    }
}
