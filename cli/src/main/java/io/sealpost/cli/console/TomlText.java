package io.sealpost.cli.console;

import java.util.List;
import java.util.stream.Collectors;

/** Values as TOML writes them. */
public final class TomlText {
    private TomlText() {}

    /** Numbers and truths bare, lists in brackets, all else as a basic string. */
    public static String of(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TomlText::of).collect(Collectors.joining(", ", "[", "]"));
        }
        StringBuilder text = new StringBuilder("\"");
        value.toString().chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7F) {
                text.append("\\u%04X".formatted(c));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
