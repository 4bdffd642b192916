package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.keys.Outcome.Refused;
import io.sealpost.mail.MailDomain;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final MailDomain DOMAIN = MailDomain.parse("one.example");

    @Test
    void datedOnesNameDayAndAlgorithm() {
        assertThat(Selectors.dated(DAY, KeyAlgorithm.RSA, Set.of())).isEqualTo("s20261124r");
        assertThat(Selectors.dated(DAY, KeyAlgorithm.ED25519, Set.of())).isEqualTo("s20261124e");
    }

    @Test
    void datedOnesAreNeverUsedAgain() {
        assertThat(Selectors.dated(DAY, KeyAlgorithm.RSA, Set.of("s20261124r"))).isEqualTo("s20261124r2");
        assertThat(Selectors.dated(DAY, KeyAlgorithm.RSA, Set.of("s20261124r", "s20261124r2")))
                .isEqualTo("s20261124r3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1", "S1", "mail.2026", "dkim_2", "a-b"})
    void namesOfLabelsDo(String selector) {
        assertThat(Selectors.check(selector, DOMAIN))
                .isEqualTo(Outcome.done(selector.toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "-a", "a-", "a b", "a;b", "ä", "s1._domainkey.x\n"})
    void otherWordsDoNot(String selector) {
        assertThat(Selectors.check(selector, DOMAIN)).isInstanceOf(Refused.class);
    }

    @Test
    void theWholeNameMustFitTheDns() {
        MailDomain longDomain = MailDomain.parse(("a".repeat(60) + ".").repeat(3) + "example");

        assertThat(Selectors.check("b".repeat(63), longDomain)).isInstanceOf(Refused.class);
    }
}
