package io.sealpost.relay.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bytes that a cell of a dialogue file stands for, and the pattern of one that is expected. */
final class DialogueText {
    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]*)}");

    private DialogueText() {}

    /** What goes on the wire: the line and CRLF, or the bare bytes where it ends with a backslash. */
    static byte[] sent(String cell) {
        String text = expand(cell);
        return text.endsWith("\\") && !text.endsWith("\\\\")
                ? bytes(text.substring(0, text.length() - 1))
                : bytes(text + "\\r\\n");
    }

    /** Escapes undone: \r \n \t \0 \\ \xNN; all else is UTF-8. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '\\') {
                bytes.write(in[i]);
                continue;
            }
            char escaped = (char) in[++i];
            if (escaped == 'x') {
                bytes.write(Integer.parseInt("" + (char) in[i + 1] + (char) in[i + 2], 16));
                i += 2;
            } else {
                bytes.write(control(escaped));
            }
        }
        return bytes.toByteArray();
    }

    private static int control(char escaped) {
        return switch (escaped) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> 0;
            case '\\' -> '\\';
            default -> throw new IllegalStateException("unknown escape \\" + escaped);
        };
    }

    /** {@code {3*ab}} is {@code ababab}. */
    static String expand(String cell) {
        return REPEATED.matcher(cell)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    /** A line of a reply; * stands for anything. */
    static boolean fits(String expected, String line) {
        String regex =
                Arrays.stream(expected.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return line.matches(regex);
    }
}
