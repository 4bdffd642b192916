package io.sealpost.cli.explain;

import java.io.ByteArrayOutputStream;

/** Messages as programs save them: with the line ends of the machine. */
final class WireLines {
    private WireLines() {}

    /** The same bytes where a CRLF stands in them, else each LF made a CRLF. */
    static byte[] of(byte[] bytes) {
        for (int i = 0; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return bytes;
            }
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream(bytes.length + bytes.length / 32);
        for (byte b : bytes) {
            if (b == '\n') {
                lines.write('\r');
            }
            lines.write(b);
        }
        return lines.toByteArray();
    }
}
