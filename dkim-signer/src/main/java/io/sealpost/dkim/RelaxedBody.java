package io.sealpost.dkim;

import java.security.MessageDigest;

/**
 * RFC 6376 §3.4.4: blanks at line ends go, each run of blanks is one space, trailing empty lines go, a last line gets its CRLF; an
 * empty body stays empty.
 *
 * <p>Text that is canonical already is handed on in one piece: a run goes on over single spaces and over line ends that text surrounds.
 */
final class RelaxedBody implements BodyCanonicalizer {
    private final CanonicalOutput output;
    private boolean heldBlank;
    private boolean heldCr;

    RelaxedBody(MessageDigest digest) {
        this.output = new CanonicalOutput(digest);
    }

    @Override
    public void update(byte[] block, int start, int end) {
        int i = start;
        while (i < end) {
            byte b = block[i];
            if (heldCr && b == '\n') {
                heldCr = false;
                heldBlank = false;
                output.holdLineEnd();
                i++;
            } else if (b == '\r') {
                releaseLoneCr();
                heldCr = true;
                i++;
            } else if (RawMessage.isBlank(b)) {
                releaseLoneCr();
                heldBlank = true;
                i++;
            } else {
                release();
                int runEnd = runEnd(block, i, end);
                output.write(block, i, runEnd);
                i = runEnd;
            }
        }
    }

    @Override
    public byte[] finish() {
        releaseLoneCr();
        return output.isEmpty() ? output.finish() : output.finishWithLineEnd();
    }

    /** Behind the last byte of the run that starts at {@code from}, where neither a blank nor a CR stands. */
    private static int runEnd(byte[] block, int from, int end) {
        int i = from + 1;
        while (i < end) {
            byte b = block[i];
            if (isText(b)) {
                i++;
            } else if (b == ' ' && i + 1 < end && isText(block[i + 1])) {
                i += 2;
            } else if (b == '\r' && i + 2 < end && block[i + 1] == '\n' && isText(block[i + 2])) {
                i += 3;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isText(byte b) {
        return b > ' ' || (b != ' ' && b != '\t' && b != '\r');
    }

    /** A CR without LF is text like any other byte; the listener refuses it long before. */
    private void releaseLoneCr() {
        if (heldCr) {
            release();
        }
    }

    /** What was held back is not at a line's end after all. */
    private void release() {
        if (heldBlank) {
            output.write((byte) ' ');
            heldBlank = false;
        }
        if (heldCr) {
            output.write((byte) '\r');
            heldCr = false;
        }
    }
}
