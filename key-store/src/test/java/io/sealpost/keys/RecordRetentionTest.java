package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordRetentionTest {
    private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-13T00:00:00Z");

    private final RecordRetention retention = RecordRetention.of(Duration.ofDays(5), Duration.ofDays(2));

    private static DkimKey key(KeyState state) {
        return new DkimKey(
                1, MailDomain.parse("a.example"), "s", KeyAlgorithm.ED25519, 256, state, "AA==", SINCE, SINCE);
    }

    @Test
    void aRetiringKeyIsPublishedForTheLongestLifeInTheQueueAndAWeek() {
        DkimKey retiring = key(KeyState.RETIRING);

        assertThat(retention.until(retiring)).contains(UNTIL);
        assertThat(retention.holds(retiring, UNTIL.minusMillis(1))).isTrue();
        assertThat(retention.isOver(retiring, UNTIL.minusMillis(1))).isFalse();
        assertThat(retention.holds(retiring, UNTIL)).isFalse();
        assertThat(retention.isOver(retiring, UNTIL)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = KeyState.class, names = "RETIRING", mode = EnumSource.Mode.EXCLUDE)
    void forOthersThereIsNoSuchTime(KeyState state) {
        assertThat(retention.until(key(state))).isEmpty();
        assertThat(retention.holds(key(state), SINCE)).isFalse();
        assertThat(retention.isOver(key(state), UNTIL)).isFalse();
    }

    @Test
    void aQueueHasALife() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordRetention(Duration.ofDays(-1)));
    }
}
