package io.sealpost.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A TXT record as a line of a zone file, its strings split at 255 octets (RFC 1035 §3.3.14, RFC 6376 §3.6.2.2); or a CNAME. */
public final class ZoneLine {
    private static final int STRING = 255;

    private ZoneLine() {}

    /** {@code name} is full, without the trailing dot. */
    public static String of(String name, String type, String value) {
        if (type.equals("CNAME")) {
            return name + ". IN CNAME " + value + ".";
        }
        if (type.equals("SRV")) {
            return name + ". IN SRV " + value;
        }
        List<String> strings = strings(value);
        String text = strings.size() == 1 ? strings.get(0) : "( " + String.join(" ", strings) + " )";
        return name + ". IN " + type + " " + text;
    }

    /** The quoted strings of a text, each of at most 255 octets. */
    public static List<String> strings(String value) {
        List<String> strings = new ArrayList<>();
        for (int at = 0; at < value.length(); at += STRING) {
            String part = value.substring(at, Math.min(value.length(), at + STRING));
            strings.add('"' + part.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return strings;
    }
}
