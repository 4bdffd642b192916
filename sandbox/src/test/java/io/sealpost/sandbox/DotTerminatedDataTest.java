package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotTerminatedDataTest {
    @ParameterizedTest
    @CsvSource({
        "'.rn',                     ''",
        "'a: brn.rn',               'a: brn'",
        "'..arn.rn',                '.arn'",
        "'arn..rnbrn.rn',           'arn.rnbrn'",
        "'arn.brn.rn',              'arnbrn'",
        "'arn...rn.rn',             'arn..rn'",
        "'an.nbrn.rn',              'an.nbrn'",
        "'an.rnbrn.rn',             'an.rnbrn'",
        "'ar.rbrn.rn',              'ar.rbrn'",
        "'arn.nbrn.rn',             'arnnbrn'",
        "'arn.rbrn.rn',             'arnrbrn'",
        "'arn.rrn.rn',              'arnrrn'",
        "'arn.r.rn.rn',             'arnr.rn'",
    })
    void endsOnlyAtCrLfDotCrLfAndTakesStuffedDotsOut(String sent, String kept) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes(sent + "QUIT"));
        assertThat(DotTerminatedData.read(in, 100))
                .hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes(kept)));
        assertThat(in.readAllBytes()).isEqualTo(bytes("QUIT"));
    }

    @Test
    void readsTooMuchToItsEndButKeepsNone() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes("x".repeat(500) + "rn.rnQUIT"));
        assertThat(DotTerminatedData.read(in, 100)).isEqualTo(Optional.empty());
        assertThat(in.readAllBytes()).isEqualTo(bytes("QUIT"));
    }

    @Test
    void isNoMessageWhenThePeerGoesAway() {
        assertThatThrownBy(() -> DotTerminatedData.read(new ByteArrayInputStream(bytes("arn")), 100))
                .isInstanceOf(EOFException.class);
    }

    private static byte[] bytes(String text) {
        return text.replace('r', '\r').replace('n', '\n').getBytes(StandardCharsets.ISO_8859_1);
    }
}
