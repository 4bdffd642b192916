package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The canonicaliser against RFC 6376 §3.4 read slowly, on text made of all that it treats specially. */
class CanonicalizationProperties {
    @Property(tries = 3000)
    void relaxedBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.RELAXED, body)).isEqualTo(SlowVerifier.body("relaxed", body));
    }

    @Property(tries = 3000)
    void simpleBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.SIMPLE, body)).isEqualTo(SlowVerifier.body("simple", body));
    }

    @Property(tries = 2000)
    void relaxedIsItsOwnRelaxedForm(@ForAll("texts") String body) {
        String once = canonical(Canonicalization.RELAXED, body);

        assertThat(canonical(Canonicalization.RELAXED, once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", " ", "\t", "\r\n", "\r\n\r\n", ".", "\u00e9", "\u0085", "word word", "\r\n \r\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static String canonical(Canonicalization kind, String body) {
        CanonicalizationTest.Recorder recorder = new CanonicalizationTest.Recorder();
        BodyCanonicalizer canonicalizer = kind.body(recorder);
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        canonicalizer.update(bytes, 0, bytes.length);
        canonicalizer.finish();
        return recorder.text();
    }
}
