package io.sealpost.mail;

import java.nio.charset.StandardCharsets;

/** Makes text from outside (EHLO names, remote replies, labels) fit for logs, screens and header fields. */
public final class ForeignText {
    /** What {@link #escape} leaves at most, in characters. */
    public static final int MAX_LENGTH = 512;

    private ForeignText() {}

    /**
     * Printable ASCII stays; every other byte of the UTF-8 form becomes {@code \xNN}, a backslash too, so that the result is one
     * line, unambiguous, and cannot forge a log line or move a terminal's cursor. Cut at {@value #MAX_LENGTH} characters.
     *
     * @return "" for null
     */
    public static String escape(String text) {
        return text == null ? "" : escape(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #escape(String)}, on bytes whose charset nobody knows. */
    public static String escape(byte[] bytes) {
        StringBuilder escaped = new StringBuilder(Math.min(bytes.length, MAX_LENGTH));
        for (byte b : bytes) {
            String piece = b >= 0x20 && b < 0x7F && b != '\\' ? String.valueOf((char) b) : String.format("\\x%02X", b);
            if (escaped.length() + piece.length() > MAX_LENGTH) {
                break;
            }
            escaped.append(piece);
        }
        return escaped.toString();
    }
}
