package io.sealpost.cli.keytrees;

import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what rspamd's configuration and its JSON are written in (UCL): objects with or without braces, lists, strings, comments. Values are
 * maps, lists and strings; of a name that stands twice the later value counts, and objects are joined. Macros ({@code .include}) are
 * passed over. At most 32 levels deep.
 */
final class Ucl {
    private static final int DEEPEST = 32;
    private static final String ENDS_WORD = ";,}]{[#\"'";

    private final String text;
    private final String where;
    private int at;

    private Ucl(String text, String where) {
        this.text = text;
        this.where = where;
    }

    /** The object, or the list where JSON is one; a {@link Fault} for what is neither. {@code where} names the file. */
    static Object parse(String text, String where) {
        Ucl reader = new Ucl(text, where);
        reader.skipBlanks();
        return reader.peek() == '[' || reader.peek() == '{' ? reader.value(0) : reader.object(0, '\0');
    }

    /** The object; an empty one when the text is a list. */
    static Map<String, Object> object(String text, String where) {
        return asObject(parse(text, where));
    }

    @SuppressWarnings("unchecked") // Only this class makes these maps.
    static Map<String, Object> asObject(Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }

    static List<?> asList(Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    /** The later object over the earlier one, objects in it joined. */
    static void join(Map<String, Object> into, Map<String, Object> later) {
        later.forEach((name, value) -> put(into, name, value));
    }

    private static void put(Map<String, Object> object, String name, Object value) {
        if (value instanceof Map && object.get(name) instanceof Map) {
            Map<String, Object> joined = new LinkedHashMap<>(asObject(object.get(name)));
            join(joined, asObject(value));
            object.put(name, joined);
        } else {
            object.put(name, value);
        }
    }

    private Map<String, Object> object(int depth, char end) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (skipSeparators(); peek() != end; skipSeparators()) {
            if (peek() == '.') {
                skipLine();
                continue;
            }
            String name = name();
            skipBlanks();
            if (peek() == '=' || peek() == ':') {
                at++;
            }
            put(object, name, named(depth));
        }
        at++;
        return object;
    }

    /** What stands after a name: a value, or another name whose object follows, as in {@code domain shop.example { … }}. */
    private Object named(int depth) {
        skipBlanks();
        int start = at;
        Object value = value(depth + 1);
        int end = at;
        skipBlanks();
        if (value instanceof String inner && peek() == '{' && end > start) {
            Map<String, Object> nested = new LinkedHashMap<>();
            nested.put(inner, value(depth + 1));
            return nested;
        }
        at = end;
        return value;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw fault("it is nested too deep");
        }
        skipBlanks();
        char first = peek();
        if (first == '{') {
            at++;
            return object(depth, '}');
        }
        if (first == '[') {
            at++;
            return list(depth);
        }
        if (text.startsWith("<<", at)) {
            return heredoc();
        }
        return first == '"' || first == '\'' ? quoted() : word();
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (skipSeparators(); peek() != ']'; skipSeparators()) {
            list.add(value(depth + 1));
        }
        at++;
        return list;
    }

    private String name() {
        if (peek() == '"' || peek() == '\'') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !Character.isWhitespace(peek()) && "=:{[\"';,".indexOf(peek()) < 0) {
            at++;
        }
        if (at == start) {
            throw fault("a name is missing");
        }
        return text.substring(start, at);
    }

    private String quoted() {
        char quote = peek();
        StringBuilder string = new StringBuilder();
        for (at++; peek() != quote; at++) {
            if (at >= text.length()) {
                throw fault("a text in quotation marks has no end");
            }
            if (peek() == '\\' && quote == '"') {
                at++;
                string.append(escaped());
            } else {
                string.append(peek());
            }
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char escape = peek();
        if (escape == 'u' && at + 4 < text.length()) {
            try {
                char letter = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                at += 4;
                return letter;
            } catch (NumberFormatException e) {
                throw fault("\\u takes four hexadecimal digits");
            }
        }
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private String word() {
        int start = at;
        while (at < text.length() && peek() != '\n' && ENDS_WORD.indexOf(peek()) < 0) {
            // ${DBDIR} is part of a word.
            at = text.startsWith("${", at) && text.indexOf('}', at) > 0 ? text.indexOf('}', at) + 1 : at + 1;
        }
        if (at == start) {
            throw fault("a value is missing");
        }
        return text.substring(start, at).strip();
    }

    /** {@code <<EOD}, lines, {@code EOD}. */
    private String heredoc() {
        int line = text.indexOf('\n', at);
        String mark = line < 0 ? "" : text.substring(at + 2, line).strip();
        int end = mark.isEmpty() ? -1 : text.indexOf("\n" + mark, line);
        if (end < 0) {
            throw fault("a text after << has no end");
        }
        at = end + 1 + mark.length();
        return text.substring(line + 1, Math.max(line + 1, end));
    }

    private void skipSeparators() {
        skipBlanks();
        while (at < text.length() && (peek() == ';' || peek() == ',')) {
            at++;
            skipBlanks();
        }
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.charAt(at) == '#') {
                skipLine();
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    /** The next character; NUL at the end of the text, where an object without braces ends. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private Fault fault(String why) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new Fault(Sysexits.DATAERR, where + ", line " + Math.max(1, line) + ": " + why);
    }
}
