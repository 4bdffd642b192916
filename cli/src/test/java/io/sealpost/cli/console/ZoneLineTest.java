package io.sealpost.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ZoneLineTest {
    @Test
    void writesAShortRecordAsOneString() {
        assertThat(ZoneLine.of("s1._domainkey.office.test", "TXT", "v=DKIM1; p=abc"))
                .isEqualTo("s1._domainkey.office.test. IN TXT \"v=DKIM1; p=abc\"");
    }

    @Test
    void splitsAtTwoHundredAndFiftyFiveAndLosesNothing() {
        String value = "x".repeat(255) + "y".repeat(255) + "z";

        assertThat(ZoneLine.of("n", "TXT", value))
                .isEqualTo("n. IN TXT ( \"" + "x".repeat(255) + "\" \"" + "y".repeat(255) + "\" \"z\" )");
        assertThat(ZoneLine.of("n", "TXT", "x".repeat(255))).doesNotContain("(");
    }

    @Test
    void escapesWhatEndsAString() {
        assertThat(ZoneLine.of("n", "TXT", "a\"b\\c")).isEqualTo("n. IN TXT \"a\\\"b\\\\c\"");
    }
}
