package io.sealpost.dkim;

import java.security.MessageDigest;

/** RFC 6376 §3.4.3: as it stands, with exactly one CRLF at the end in place of all trailing ones; an empty body is one CRLF. */
final class SimpleBody implements BodyCanonicalizer {
    private final CanonicalOutput output;
    private boolean heldCr;

    SimpleBody(MessageDigest digest) {
        this.output = new CanonicalOutput(digest);
    }

    @Override
    public void update(byte[] block, int start, int end) {
        int i = start;
        while (i < end) {
            byte b = block[i];
            if (heldCr && b == '\n') {
                heldCr = false;
                output.holdLineEnd();
                i++;
            } else if (b == '\r') {
                releaseLoneCr();
                heldCr = true;
                i++;
            } else {
                releaseLoneCr();
                int runEnd = runEnd(block, i, end);
                output.write(block, i, runEnd);
                i = runEnd;
            }
        }
    }

    @Override
    public byte[] finish() {
        releaseLoneCr();
        return output.finishWithLineEnd();
    }

    /** Behind the last byte of the run that starts at {@code from}: it goes on over line ends that text surrounds. */
    private static int runEnd(byte[] block, int from, int end) {
        int i = from;
        while (true) {
            while (i < end && block[i] != '\r') {
                i++;
            }
            if (i + 2 >= end || block[i + 1] != '\n' || block[i + 2] == '\r') {
                return i;
            }
            i += 3;
        }
    }

    /** A CR without LF is text like any other byte; the listener refuses it long before. */
    private void releaseLoneCr() {
        if (heldCr) {
            output.write((byte) '\r');
            heldCr = false;
        }
    }
}
