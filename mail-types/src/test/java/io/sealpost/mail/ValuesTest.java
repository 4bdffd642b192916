package io.sealpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values: ids, statuses, replies, rates, sizes, secrets, foreign text. */
class ValuesTest {
    @Test
    void showsAnIdInThirteenCharactersThatReadBackInAnyCase() {
        QueueId id = new QueueId(0x1234_5678_9ABC_DEFL);

        assertThat(id.toString()).hasSize(13).matches("[0-9a-z]+").doesNotContain("i", "l", "o", "u");
        assertThat(QueueId.tryParse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .contains(id);
        assertThat(QueueId.tryParse(new QueueId(Long.MAX_VALUE).toString())).contains(new QueueId(Long.MAX_VALUE));
    }

    @Test
    void sortsIdsAsTextInTheOrderOfTheNumbers() {
        assertThat(new QueueId(31).toString()).isLessThan(new QueueId(32).toString());
        assertThat(new QueueId(1L << 40).toString()).isLessThan(new QueueId(1L << 62).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "zzzzzzzzzzzzz", "00000000000u0", "000000000000000"})
    void refusesWhatIsNoId(String text) {
        assertThat(QueueId.tryParse(text)).isEmpty();
    }

    @Test
    void findsTheEnhancedStatusAtTheStartOfAReplyOnly() {
        assertThat(EnhancedStatus.leading("5.1.1 No such user")).contains(new EnhancedStatus(5, 1, 1));
        assertThat(EnhancedStatus.leading("5.1.1")).contains(new EnhancedStatus(5, 1, 1));
        assertThat(EnhancedStatus.leading("5.1.1.2 is our version")).isEmpty();
        assertThat(EnhancedStatus.leading("see 5.1.1")).isEmpty();
        assertThat(EnhancedStatus.leading("3.0.0 odd")).isEmpty();
        assertThatThrownBy(() -> EnhancedStatus.of("5.1.1 x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsAReplyEscaped() {
        RemoteReply reply = new RemoteReply(
                "mx[192.0.2.1]:25", "RCPT", 550, Optional.of(EnhancedStatus.of("5.1.1")), "No\u001B[2J such");

        assertThat(reply.shown()).isEqualTo("550 5.1.1 No\\x1B[2J such");
        assertThat(reply.isPermanent()).isTrue();
    }

    @Test
    void readsRates() {
        assertThat(Rate.parse("500/h"))
                .isEqualTo(new Rate(500, Duration.ofHours(1)))
                .hasToString("500/h");
        assertThatThrownBy(() -> Rate.parse("0/h")).hasMessageContaining("is not a rate");
        assertThatThrownBy(() -> Rate.parse("5 per hour")).hasMessageContaining("as 500/h");
    }

    @Test
    void readsSizes() {
        assertThat(DataSize.parse("50M")).isEqualTo(new DataSize(52_428_800)).hasToString("50M");
        assertThat(DataSize.parse("1000").toString()).isEqualTo("1000");
        assertThat(DataSize.parse("0").toString()).isEqualTo("0");
        assertThatThrownBy(() -> DataSize.parse("50MB")).hasMessageContaining("as 50M");
        assertThatThrownBy(() -> DataSize.parse("-1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hidesASecretWhateverPrintsIt() {
        Secret secret = new Secret("otter-rows");

        assertThat(secret)
                .hasToString("(hidden)")
                .isEqualTo(new Secret("otter-rows"))
                .isNotEqualTo(new Secret("otter"));
        assertThat(secret.utf8()).isEqualTo("otter-rows".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void escapesForeignTextOnOneLineWithinItsBound() {
        assertThat(ForeignText.escape("a\r\nb\\ü")).isEqualTo("a\\x0D\\x0Ab\\x5C\\xC3\\xBC");
        assertThat(ForeignText.escape("\n".repeat(1000))).hasSize(ForeignText.MAX_LENGTH);
        assertThat(ForeignText.escape((String) null)).isEmpty();
    }
}
