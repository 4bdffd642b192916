package io.sealpost.relay.authorise;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One field of a header, folding and all, exactly as it came. Immutable. */
public final class HeaderField {
    private final String name;
    private final byte[] raw;

    /** {@code raw} begins with the name and a colon and ends with CRLF. */
    HeaderField(String name, byte[] raw) {
        this.name = name;
        this.raw = raw;
    }

    /** A field made here; the body is what stands behind the colon. */
    static HeaderField of(String name, byte[] body) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream(name.length() + body.length + 3);
        raw.writeBytes((name + ":").getBytes(StandardCharsets.US_ASCII));
        raw.writeBytes(body);
        raw.writeBytes(new byte[] {'\r', '\n'});
        return new HeaderField(name, raw.toByteArray());
    }

    /** The name as given. */
    public String name() {
        return name;
    }

    /** Whether this is the field of that name, in any case. */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /** The whole field, its last CRLF included; not to be changed. */
    public byte[] raw() {
        return raw;
    }

    /** The bytes behind the colon, folding kept, without the last CRLF. */
    public byte[] body() {
        return Arrays.copyOfRange(raw, name.length() + 1, raw.length - 2);
    }

    /** The body on one line, blanks at its ends cut; bytes outside ASCII as Latin-1. For tags and logs, not for addresses. */
    public String unfolded() {
        return new String(body(), StandardCharsets.ISO_8859_1)
                .replace("\r\n", "")
                .strip();
    }

    @Override
    public String toString() {
        return name + ": " + raw.length + " bytes";
    }
}
