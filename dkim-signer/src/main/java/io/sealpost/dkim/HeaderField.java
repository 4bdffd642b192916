package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One header field as offsets into {@link RawMessage#header()}; nothing is copied.
 *
 * @param start of the name
 * @param nameEnd behind the name's last byte, blanks before the colon left out
 * @param valueStart behind the colon
 * @param end behind the field's last byte, its CRLF left out
 */
public record HeaderField(int start, int nameEnd, int valueStart, int end) {
    /** The name in lower case; for tests and rare paths, since it makes a string. */
    public String name(byte[] header) {
        return new String(header, start, nameEnd - start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Whether this is the field of that name, given in lower-case ASCII (RFC 5322 §1.2.2: names have no case). */
    boolean isNamed(byte[] header, byte[] lowerCase) {
        if (nameEnd - start != lowerCase.length) {
            return false;
        }
        for (int i = 0; i < lowerCase.length; i++) {
            if (lower(header[start + i]) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
