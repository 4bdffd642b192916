package io.sealpost.relay.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a command line (RFC 5321 §4.1.1, §4.1.2). Blanks after a colon and at the end are taken, as old clients send them. */
final class Arguments {
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)(?:=([\\x21-\\x3C\\x3E-\\x7E]+))?");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /**
     * What follows {@code FROM:} or {@code TO:}.
     *
     * @param path what stands between the angle brackets
     * @param parameters what stands behind them, "" for nothing
     */
    record PathAndParameters(String path, String parameters) {}

    private Arguments() {}

    /** The first word in capitals, "" for none. */
    static String verbOf(String line) {
        return line.substring(0, endOfVerb(line)).toUpperCase(Locale.ROOT);
    }

    static String behindVerb(String line) {
        return trim(line.substring(endOfVerb(line)));
    }

    private static int endOfVerb(String line) {
        int end = 0;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Reads {@code FROM:<path> parameters} for the keyword {@code FROM:}; empty when it is not of that form. */
    static Optional<PathAndParameters> path(String argument, String keyword) {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            return Optional.empty();
        }
        String rest = trim(argument.substring(keyword.length()));
        int end = rest.startsWith("<") ? closingBracket(rest) : -1;
        if (end < 0) {
            return Optional.empty();
        }
        String behind = rest.substring(end + 1);
        if (!behind.isEmpty() && !isBlank(behind.charAt(0))) {
            return Optional.empty();
        }
        return Optional.of(new PathAndParameters(rest.substring(1, end), trim(behind)));
    }

    /** The bracket that closes the path: not one within a quoted local part, nor a quoted one there. */
    private static int closingBracket(String text) {
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** Keywords in capitals with their values, "" for none; empty when the text is not of that form or names a keyword twice. */
    static Optional<Map<String, String>> parameters(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return Optional.of(parameters);
        }
        for (String word : BLANKS.split(text)) {
            var matcher = PARAMETER.matcher(word);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String value = matcher.group(2) == null ? "" : matcher.group(2);
            if (parameters.put(matcher.group(1).toUpperCase(Locale.ROOT), value) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }
}
