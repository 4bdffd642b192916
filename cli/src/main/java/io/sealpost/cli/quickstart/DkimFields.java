package io.sealpost.cli.quickstart;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of a message's DKIM-Signature fields, for showing. */
final class DkimFields {
    private DkimFields() {}

    static List<String> of(byte[] message) {
        List<String> lines = new ArrayList<>();
        boolean inField = false;
        for (String line : new String(message, StandardCharsets.ISO_8859_1).split("\r\n", -1)) {
            if (line.isEmpty()) {
                break;
            }
            boolean continues = line.startsWith(" ") || line.startsWith("\t");
            inField = continues ? inField : line.toLowerCase(Locale.ROOT).startsWith("dkim-signature:");
            if (inField) {
                lines.add("  " + line);
            }
        }
        return lines;
    }
}
