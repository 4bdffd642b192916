package io.sealpost.dkim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list of tags and values (RFC 6376 §3.2), as in a signature or a key record. Immutable; linear to read. */
final class TagList {
    private final String text;
    private final Map<String, Range> values = new LinkedHashMap<>();

    private TagList(String text) {
        this.text = text;
    }

    /** Reads a list; empty when it breaks the grammar or names a tag twice. One character a byte. */
    static Optional<TagList> parse(String text) {
        TagList list = new TagList(text);
        int start = 0;
        while (start < text.length()) {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            boolean behindTheLast = semicolon < 0
                    && !list.values.isEmpty()
                    && list.trimmed(start, end).isEmpty();
            if (!behindTheLast && !list.add(start, end)) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return list.values.isEmpty() ? Optional.empty() : Optional.of(list);
    }

    /** The value of a tag without the white space around it; empty when the tag is not there. */
    Optional<String> value(String tag) {
        return Optional.ofNullable(values.get(tag)).map(range -> trimmed(range.start(), range.end()));
    }

    /** The value of a tag without any white space, for base64 and the like. */
    Optional<String> compact(String tag) {
        return value(tag).map(TagList::withoutBlanks);
    }

    /** The parts between the colons of a tag's value, without white space; an empty list when the tag is not there. */
    List<String> parts(String tag) {
        List<String> parts = new ArrayList<>();
        compact(tag).ifPresent(all -> parts.addAll(List.of(all.split(":", -1))));
        return parts;
    }

    /** Whether this tag stands first. */
    boolean isFirst(String tag) {
        return values.keySet().iterator().next().equals(tag);
    }

    /** The text with the value of a tag emptied, white space and all (RFC 6376 §3.7, for {@code b=}). */
    String without(String tag) {
        Range range = values.get(tag);
        return text.substring(0, range.start()) + text.substring(range.end());
    }

    private boolean add(int start, int end) {
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return false;
        }
        String name = trimmed(start, equals);
        return isName(name) && isValue(equals + 1, end) && values.putIfAbsent(name, new Range(equals + 1, end)) == null;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || ((c < '0' || c > '9') && c != '_'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** No control characters; bytes outside ASCII stand in i= and n= of internationalised mail (RFC 8616 §4). */
    private boolean isValue(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((c < ' ' && !isBlank(c)) || c == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private String trimmed(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String withoutBlanks(String value) {
        StringBuilder rest = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (!isBlank(value.charAt(i))) {
                rest.append(value.charAt(i));
            }
        }
        return rest.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private record Range(int start, int end) {}
}
