package io.sealpost.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {
    private static final List<String> KNOWN = List.of("hostname", "smtp.max_recipients", "queue.retry", "dns.servers");

    @Test
    void findsTheNameOfAnotherTable() {
        assertThat(Spelling.nearest("retry", KNOWN)).contains("queue.retry");
        assertThat(Spelling.nearest("smpt.max_recipients", KNOWN)).contains("smtp.max_recipients");
    }

    @Test
    void findsWhatIsASlipOrTwoAway() {
        assertThat(Spelling.nearest("smtp.max_recipient", KNOWN)).contains("smtp.max_recipients");
        assertThat(Spelling.nearest("hotsname", KNOWN)).contains("hostname");
        assertThat(Spelling.nearest("dns.sevrer", KNOWN)).contains("dns.servers");
    }

    @Test
    void guessesNothingWild() {
        assertThat(Spelling.nearest("colour", KNOWN)).isEmpty();
        assertThat(Spelling.nearest("queue.x", KNOWN)).isEmpty();
    }

    @Test
    void countsSlips() {
        assertThat(Spelling.distance("", "ab")).isEqualTo(2);
        assertThat(Spelling.distance("ab", "ba")).isEqualTo(1);
        assertThat(Spelling.distance("relay", "rely")).isEqualTo(1);
        assertThat(Spelling.distance("same", "same")).isZero();
    }
}
