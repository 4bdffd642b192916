package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The canonicaliser against RFC 6376 §3.4 read slowly, on text made of all that it treats specially. */
class CanonicalizationProperties {
    @Property(tries = 3000)
    void relaxedBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.RELAXED, body)).isEqualTo(slowRelaxed(body));
    }

    @Property(tries = 3000)
    void simpleBodyIsWhatTheRfcSays(@ForAll("texts") String body) {
        assertThat(canonical(Canonicalization.SIMPLE, body)).isEqualTo(withoutTrailingEmptyLines(body) + "\r\n");
    }

    @Property(tries = 2000)
    void relaxedIsItsOwnRelaxedForm(@ForAll("texts") String body) {
        String once = canonical(Canonicalization.RELAXED, body);

        assertThat(canonical(Canonicalization.RELAXED, once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "b", " ", "\t", "\r\n", "\r\n\r\n", ".", "\u00e9", "word word", "\r\n \r\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static String slowRelaxed(String body) {
        List<String> lines = new ArrayList<>();
        for (String line : body.split("\r\n", -1)) {
            lines.add(line.replaceAll("[ \t]+$", "").replaceAll("[ \t]+", " "));
        }
        String text = withoutTrailingEmptyLines(String.join("\r\n", lines));
        return text.isEmpty() ? "" : text + "\r\n";
    }

    private static String withoutTrailingEmptyLines(String text) {
        String rest = text;
        while (rest.endsWith("\r\n")) {
            rest = rest.substring(0, rest.length() - 2);
        }
        return rest;
    }

    private static String canonical(Canonicalization kind, String body) {
        CanonicalizationTest.Recorder recorder = new CanonicalizationTest.Recorder();
        BodyCanonicalizer canonicalizer = kind.body(recorder);
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        canonicalizer.update(bytes, bytes.length);
        canonicalizer.finish();
        return recorder.text();
    }
}
