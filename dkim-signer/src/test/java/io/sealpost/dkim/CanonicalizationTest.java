package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalizationTest {
    @ParameterizedTest
    @MethodSource("examples")
    void givesTheExamplesOfTheRfc(String what, String input, String output) {
        assertThat(canonical(what, input)).isEqualTo(output);
    }

    static Stream<Arguments> examples() throws IOException {
        return Vectors.text("canon.tsv")
                .lines()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> Arguments.of(cells[0], unescaped(cells[1]), unescaped(cells[2])));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "' \\t ', ''",
        "'\\r\\n\\r\\n', ''",
        "' \\r\\n\\t\\r\\n', ''",
        "'a', 'a\\r\\n'",
        "'a\\r\\n', 'a\\r\\n'",
        "'a \\t', 'a\\r\\n'",
        "'a \\t\\r\\n \\r\\n\\r\\n', 'a\\r\\n'",
        "'\\r\\n\\r\\na', '\\r\\n\\r\\na\\r\\n'",
        "' a  b\\t\\tc \\r\\nd', ' a b c\\r\\nd\\r\\n'",
        "'a\\r\\n\\r\\n b\\r\\n', 'a\\r\\n\\r\\n b\\r\\n'",
        "'a\\rb', 'a\\rb\\r\\n'",
        "'a\\r', 'a\\r\\r\\n'",
        "'a \\r', 'a \\r\\r\\n'",
        "'a\\nb', 'a\\nb\\r\\n'"
    })
    void relaxesBodies(String input, String output) {
        assertThat(canonical("body-relaxed", unescaped(input))).isEqualTo(unescaped(output));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '\\r\\n'",
        "'\\r\\n\\r\\n', '\\r\\n'",
        "'a', 'a\\r\\n'",
        "'a \\r\\n\\r\\n', 'a \\r\\n'",
        "' \\r\\n', ' \\r\\n'",
        "'\\r\\na\\r\\n\\r\\nb', '\\r\\na\\r\\n\\r\\nb\\r\\n'",
        "'a\\r', 'a\\r\\r\\n'"
    })
    void keepsSimpleBodiesButForTrailingEmptyLines(String input, String output) {
        assertThat(canonical("body-simple", unescaped(input))).isEqualTo(unescaped(output));
    }

    @ParameterizedTest
    @CsvSource({
        "'Subject: a', 'subject:a'",
        "'SUBJECT \\t:\\ta  b \\t', 'subject:a b'",
        "'Subject:\\r\\n a\\r\\n\\t b', 'subject:a b'",
        "'Subject:', 'subject:'",
        "'Subject: \\r\\n ', 'subject:'"
    })
    void relaxesHeaderFields(String input, String output) {
        assertThat(canonical("header-relaxed", unescaped(input) + "\r\n")).isEqualTo(output + "\r\n");
    }

    @Test
    void keepsEveryByteOutsideAscii() {
        String eightBit = "caf\u00e9 \u00ff\u0080\r\n";

        assertThat(canonical("body-relaxed", eightBit)).isEqualTo(eightBit);
        assertThat(canonical("header-relaxed", "X: " + eightBit)).isEqualTo("x:" + eightBit);
    }

    private static String canonical(String what, String input) {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        if (what.startsWith("empty-body")) {
            Canonicalization body = what.contains("simple") ? Canonicalization.SIMPLE : Canonicalization.RELAXED;
            return Base64.getEncoder()
                    .encodeToString(body.body(DkimSigner.sha256()).finish());
        }
        Canonicalization kind = what.endsWith("simple") ? Canonicalization.SIMPLE : Canonicalization.RELAXED;
        if (what.startsWith("body")) {
            Recorder recorder = new Recorder();
            BodyCanonicalizer body = kind.body(recorder);
            body.update(bytes, 0, bytes.length);
            body.finish();
            return recorder.text();
        }
        RawMessage message = RawMessage.of(bytes);
        ByteBuilder text = new ByteBuilder(8);
        message.fields().forEach(field -> {
            kind.appendField(text, message.header(), field);
            text.crlf();
        });
        return new String(text.toArray(), StandardCharsets.ISO_8859_1);
    }

    private static String unescaped(String text) {
        return text.translateEscapes();
    }

    /** A digest that keeps what it was given. */
    static final class Recorder extends MessageDigest {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

        Recorder() {
            super("none");
        }

        String text() {
            return seen.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        protected void engineUpdate(byte input) {
            seen.write(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            seen.write(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[0];
        }

        @Override
        protected void engineReset() {
            seen.reset();
        }
    }
}
