package io.sealpost.dkim;

/** The relaxed form of a header field (RFC 6376 §3.4.2). */
final class RelaxedHeader {
    private RelaxedHeader() {}

    /** Name in lower case, colon, value unfolded with each run of blanks as one; no blank at either end; no CRLF. */
    static void append(ByteBuilder to, byte[] header, HeaderField field) {
        for (int i = field.start(); i < field.nameEnd(); i++) {
            to.append(HeaderField.lower(header[i]));
        }
        to.append((byte) ':');
        int valueStart = to.length();
        boolean blank = false;
        for (int i = field.valueStart(); i < field.end(); i++) {
            byte b = header[i];
            boolean folding = b == '\r' && i + 1 < field.end() && header[i + 1] == '\n';
            if (folding) {
                i++; // Unfolded: the CRLF goes, the blank behind it stays (RFC 5322 §2.2.3).
            } else if (RawMessage.isBlank(b)) {
                blank = to.length() > valueStart;
            } else {
                if (blank) {
                    to.append((byte) ' ');
                    blank = false;
                }
                to.append(b);
            }
        }
    }
}
