package io.sealpost.relay.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.dkim.SignedFields;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.keys.SigningChoices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DomainOptionsTest {
    private static final Duration WAIT = Duration.ofDays(5);

    @Test
    void nothingChosenIsAsUsual() {
        assertThat(DomainOptions.of(SigningChoices.NONE, WAIT)).isEqualTo(SigningOptions.USUAL);
    }

    @Test
    void takesFieldsInAndLeavesFieldsOut() {
        SignedFields fields = DomainOptions.of(
                        chosen(List.of("x-over"), List.of("x-more"), List.of("cc", "sender")), WAIT)
                .fields();

        assertThat(fields.oversigned()).containsExactly("from", "to", "subject", "reply-to", "x-over");
        assertThat(fields.present()).contains("date", "x-more").doesNotContain("sender", "cc");
    }

    @Test
    void movesAFieldFromOnceToOnceMoreAndBack() {
        SignedFields fields = DomainOptions.of(chosen(List.of("date"), List.of("subject"), List.of()), WAIT)
                .fields();

        assertThat(fields.oversigned()).contains("date").doesNotContain("subject");
        assertThat(fields.present()).contains("subject").doesNotContain("date");
    }

    @Test
    void namingAUsualFieldAgainChangesNothing() {
        assertThat(DomainOptions.of(chosen(List.of("subject"), List.of("date"), List.of("x-never")), WAIT))
                .isEqualTo(SigningOptions.USUAL);
    }

    @Test
    void aSignatureLivesNoShorterThanMailMayWait() {
        assertThat(life(Duration.ofDays(10))).contains(Duration.ofDays(10));
        assertThat(life(Duration.ofDays(2))).contains(WAIT); // queue.expire was raised after it was chosen.
    }

    @Test
    void whatHopsAddCannotBeChosen() {
        for (String name : List.of("received", "return-path", "dkim-signature", "authentication-results", "bcc")) {
            assertThatThrownBy(() -> DomainOptions.of(chosen(List.of(), List.of(name), List.of()), WAIT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a field that can be signed")
                    .hasMessageContaining(name);
        }
    }

    private static Optional<Duration> life(Duration chosen) {
        SigningChoices choices =
                new SigningChoices(Optional.of(chosen), Optional.empty(), List.of(), List.of(), List.of());
        return DomainOptions.of(choices, WAIT).lifetime();
    }

    private static SigningChoices chosen(List<String> oversigned, List<String> signed, List<String> leftOut) {
        return new SigningChoices(Optional.empty(), Optional.empty(), oversigned, signed, leftOut);
    }
}
