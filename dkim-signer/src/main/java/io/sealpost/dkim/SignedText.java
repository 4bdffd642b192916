package io.sealpost.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The text that a signature is made over (RFC 6376 §3.7): the chosen fields, then its own field with {@code b=} emptied. */
final class SignedText {
    private SignedText() {}

    /** Own field last, without a CRLF. {@code unsigned} is that field, without a line end. */
    static ByteBuilder of(Canonicalization kind, byte[] header, List<HeaderField> chosen, byte[] unsigned) {
        ByteBuilder text = new ByteBuilder(4096);
        for (HeaderField field : chosen) {
            kind.appendField(text, header, field);
            text.crlf();
        }
        kind.appendField(text, unsigned, RawMessage.of(unsigned).fields().get(0));
        return text;
    }

    /** The fields that {@code h=} takes: each name the lowest one not taken yet, or nothing (RFC 6376 §5.4.2). */
    static List<HeaderField> chosen(Map<String, List<HeaderField>> fieldsByName, List<String> names) {
        Map<String, Integer> left = new HashMap<>();
        List<HeaderField> chosen = new ArrayList<>();
        for (String name : names) {
            List<HeaderField> fields = fieldsByName.getOrDefault(name, List.of());
            int next = left.getOrDefault(name, fields.size()) - 1;
            if (next >= 0) {
                chosen.add(fields.get(next));
                left.put(name, next);
            }
        }
        return chosen;
    }
}
