package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The canonicaliser against RFC 6376 §3.4 read slowly, on text made of all that it treats specially. */
class CanonicalizationProperties {
    private static final byte[] SPECIAL = {' ', '\t', '\r', '\n', '\r', '\n', ' ', (byte) 0xA0, (byte) 0x8D, 0};

    @Property(tries = 3000)
    void relaxedBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.RELAXED, body)).isEqualTo(SlowVerifier.body("relaxed", body));
    }

    @Property(tries = 3000)
    void simpleBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.SIMPLE, body)).isEqualTo(SlowVerifier.body("simple", body));
    }

    @Property(tries = 300)
    void longBodiesInBlocksOfAnySizeAreWhatTheRfcSays(
            @ForAll("texts") String piece,
            @ForAll @IntRange(min = 1, max = 300) int times,
            @ForAll @IntRange(min = 1, max = 9000) int block,
            @ForAll Canonicalization kind) {
        String body = piece.repeat(times) + "z" + piece;

        assertThat(canonical(kind, body, block)).isEqualTo(SlowVerifier.body(kind.tag(), body));
    }

    @Property(tries = 2000)
    void headerFieldsAreWhatTheRfcSays(
            @ForAll("names") String name, @ForAll("values") String value, @ForAll Canonicalization kind) {
        String field = name + ":" + value;
        RawMessage message = RawMessage.of(TestSigner.bytes(field + "\r\n\r\n"));
        ByteBuilder text = new ByteBuilder(8);
        kind.appendField(text, message.header(), message.fields().get(0));

        assertThat(message.fields()).hasSize(1);
        assertThat(new String(text.toArray(), StandardCharsets.ISO_8859_1))
                .isEqualTo(SlowVerifier.header(kind.tag(), field));
    }

    @Property(tries = 3000)
    void eightBytesAreWhatEachOfThemIs(@ForAll @Size(18) byte[] bytes, @ForAll @Size(8) boolean[] marked) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] % 2 == 0 ? bytes[i] : SPECIAL[(bytes[i] & 0xFF) % SPECIAL.length];
        }
        byte[] rest = new byte[8];
        byte[] marks = new byte[8];
        int kept = 0;
        for (int i = 0; i < 8; i++) {
            marks[i] = (byte) (marked[i] ? 0x80 : 0);
            kept += marked[i] ? 0 : 1;
            rest[marked[i] ? 7 : kept - 1] = bytes[i];
            assertThat(isMarked(EightBytes.blanks(EightBytes.at(bytes, 0)), i))
                    .isEqualTo(bytes[i] == ' ' || bytes[i] == '\t');
            assertThat(isMarked(EightBytes.lineEnds(EightBytes.at(bytes, 0), EightBytes.at(bytes, 1)), i))
                    .isEqualTo(bytes[i] == '\r' && bytes[i + 1] == '\n');
        }
        byte[] moved = new byte[8];
        EightBytes.set(moved, 0, EightBytes.without(EightBytes.at(marks, 0), EightBytes.at(bytes, 0)));

        assertThat(Arrays.copyOf(moved, kept)).isEqualTo(Arrays.copyOf(rest, kept));
        assertThat(EightBytes.movedUp(EightBytes.at(bytes, 0), EightBytes.at(bytes, 8)))
                .isEqualTo(EightBytes.at(bytes, 1));
    }

    @Property(tries = 2000)
    void relaxedIsItsOwnRelaxedForm(@ForAll("texts") String body) {
        String once = canonical(Canonicalization.RELAXED, body);

        assertThat(canonical(Canonicalization.RELAXED, once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        " ",
                        "\t",
                        "\r",
                        "\n",
                        "\r\n",
                        "\r\n\r\n",
                        ".",
                        "\u00e9",
                        "\u0085",
                        "word word",
                        "\r\n \r\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("Subject", "SUBJECT", "x-y_z", "X.1 ", "To\t ", "From", "A");
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                        "a", "B", " ", "\t", "\r\n ", "\r\n\t", ":", "\r", "\n.", "\u00e9\u00ff", "\u0080", "\u00a0")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts).replaceAll("\r\n(?![ \t])", "-"));
    }

    private static boolean isMarked(long marks, int at) {
        return ((marks >>> (8 * at)) & 0xFF) == 0x80;
    }

    private static String canonical(Canonicalization kind, String body) {
        return canonical(kind, body, Integer.MAX_VALUE);
    }

    private static String canonical(Canonicalization kind, String body, int block) {
        CanonicalizationTest.Recorder recorder = new CanonicalizationTest.Recorder();
        BodyCanonicalizer canonicalizer = kind.body(recorder);
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += Math.min(block, bytes.length)) {
            canonicalizer.update(bytes, at, Math.min(bytes.length, at + Math.min(block, bytes.length)));
        }
        canonicalizer.finish();
        return recorder.text();
    }
}
