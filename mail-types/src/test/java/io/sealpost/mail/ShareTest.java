package io.sealpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @Test
    void readsWhatSettingsSay() {
        assertThat(Share.parse("off")).isEqualTo(Share.NONE);
        assertThat(Share.parse("0%")).isEqualTo(Share.NONE);
        assertThat(Share.parse("all")).isEqualTo(Share.ALL);
        assertThat(Share.parse("100%")).isEqualTo(Share.ALL);
        assertThat(Share.parse("12.5%").part()).isEqualTo(0.125);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5%", "101%", "5 %", "on", "1e1%", "5%%"})
    void refusesAllElse(String text) {
        assertThatThrownBy(() -> Share.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not off, all or a share, as 5%");
    }

    @Test
    void takesItsShareByChance() {
        Random chance = new Random(1);
        long taken = IntStream.range(0, 10_000)
                .filter(i -> Share.parse("5%").takes(chance))
                .count();

        assertThat(taken).isBetween(400L, 600L);
        assertThat(IntStream.range(0, 100).allMatch(i -> Share.ALL.takes(chance)))
                .isTrue();
        assertThat(IntStream.range(0, 100).noneMatch(i -> Share.NONE.takes(chance)))
                .isTrue();
    }
}
