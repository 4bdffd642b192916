package io.sealpost.cli.explain;

import io.sealpost.keys.Comparison;
import io.sealpost.keys.DkimKey;
import io.sealpost.mail.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An explanation for a screen and for scripts. Pure. */
public final class ExplanationText {
    private static final int MOST_KEYS = 6;

    private ExplanationText() {}

    /** The lines of one screen; keys out of use are counted where there are many. */
    public static List<String> lines(Explanation explained) {
        List<String> lines = new ArrayList<>();
        explained.subject().told().forEach(line -> lines.add(line("about", line)));
        lines.add(line("From", ForeignText.escape(explained.holder())));
        for (KeyFinding finding :
                explained.keys().subList(0, Math.min(MOST_KEYS, explained.keys().size()))) {
            DkimKey key = finding.key();
            lines.add(line("key", key.recordName() + ", " + key.algorithm().tag() + " " + key.bits()));
            lines.add(line("", finding.why()));
            finding.record().forEach(each -> lines.add(line("", "record now: " + each)));
        }
        if (explained.keys().size() > MOST_KEYS) {
            lines.add(line("", "and " + (explained.keys().size() - MOST_KEYS) + " older keys: sealpost dkim list"));
        }
        for (SignatureFinding finding : explained.signatures()) {
            lines.add(line("signature", name(finding) + ": " + word(finding) + detail(finding)));
            lines.add(line("", finding.origin() + ", " + finding.alignment().words()));
        }
        lines.add(line("answer", explained.answer()));
        return lines;
    }

    /** The same as an object of JSON. */
    public static Map<String, Object> object(Explanation explained) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("about", explained.subject().told());
        object.put("from", explained.subject().from().map(Object::toString).orElse(null));
        object.put("holder", explained.holder());
        object.put(
                "keys", explained.keys().stream().map(ExplanationText::object).toList());
        object.put(
                "signatures",
                explained.subject().message().isEmpty()
                        ? null
                        : explained.signatures().stream()
                                .map(ExplanationText::object)
                                .toList());
        object.put("well", explained.isWell());
        object.put("answer", explained.answer());
        return object;
    }

    private static Map<String, Object> object(KeyFinding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("record", finding.key().recordName());
        object.put("algorithm", finding.key().algorithm().tag());
        object.put("bits", finding.key().bits());
        object.put("state", finding.key().state().stored());
        object.put("why", finding.why());
        object.put(
                "servers", finding.servers().stream().map(Comparison::toString).toList());
        return object;
    }

    private static Map<String, Object> object(SignatureFinding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("record", name(finding));
        object.put("verdict", word(finding));
        object.put("detail", finding.verdict().detail());
        object.put("key", finding.origin());
        object.put("alignment", finding.alignment().name().toLowerCase(Locale.ROOT));
        return object;
    }

    private static String name(SignatureFinding finding) {
        return finding.verdict().key().map(Object::toString).orElse("of a key that cannot be read");
    }

    private static String word(SignatureFinding finding) {
        return finding.verdict().kind().word();
    }

    private static String detail(SignatureFinding finding) {
        return finding.verdict().detail().isEmpty()
                ? ""
                : ", " + finding.verdict().detail();
    }

    private static String line(String heading, String text) {
        return "%-10s %s".formatted(heading, text).stripTrailing();
    }
}
