package io.sealpost.cli.story;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What must arrive of a mail of {@code office.test}, written from RFC 6409 §8 and the documents alone; a character a byte. */
public final class SubmittedMail {
    private SubmittedMail() {}

    /**
     * Its own bytes: the cut fields away, the end a line's end.
     *
     * @param added gets the names of the fields that are missing, which the relay puts in front
     */
    public static String arriving(byte[] bytes, List<String> added) {
        String sent = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = sent.startsWith("\r\n") ? 0 : sent.indexOf("\r\n\r\n") + 2;
        String header = end < 2 ? sent : sent.substring(0, end);
        StringBuilder kept = new StringBuilder();
        for (String field : header.split("(?<=\r\n)(?![ \t])")) {
            String name = names(field).stream().findFirst().orElse("");
            boolean cut = List.of("bcc", "resent-bcc", "return-path").contains(name)
                    || (name.equals("dkim-signature") && field.matches("(?s).*\\bd=\\s*office\\.test\\b.*"));
            kept.append(cut ? "" : field);
        }
        List<String> there = names(header);
        for (String needed : List.of("date", "message-id")) {
            if (!there.contains(needed)) {
                added.add(needed);
            }
        }
        String whole = kept + sent.substring(header.length());
        return whole.endsWith("\r\n") ? whole : whole + "\r\n";
    }

    /** The names of these fields, in order and lower case. */
    public static List<String> names(String fields) {
        return fields.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("\t"))
                .map(line -> line.substring(0, Math.max(0, line.indexOf(':')))
                        .strip()
                        .toLowerCase(Locale.ROOT))
                .toList();
    }
}
