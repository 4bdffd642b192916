package io.sealpost.dkim;

import java.security.MessageDigest;

/**
 * RFC 6376 §3.4.4: blanks at line ends go, each run of blanks is one space, trailing empty lines go, a last line gets its CRLF; an
 * empty body stays empty.
 *
 * <p>Text that is canonical already is handed to the digest in one piece: a run goes on over single spaces and over line ends that
 * text surrounds.
 */
final class RelaxedBody implements BodyCanonicalizer {
    private static final byte[] CRLF = {'\r', '\n'};

    private final MessageDigest digest;
    private long heldLineEnds;
    private boolean heldBlank;
    private boolean heldCr;
    private boolean anything;

    RelaxedBody(MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public void update(byte[] block, int length) {
        int i = 0;
        while (i < length) {
            byte b = block[i];
            if (heldCr && b == '\n') {
                lineEnd();
                i++;
            } else if (b == '\r') {
                releaseLoneCr();
                heldCr = true;
                i++;
            } else if (b == ' ' || b == '\t') {
                releaseLoneCr();
                heldBlank = true;
                i++;
            } else {
                release();
                int end = runEnd(block, i, length);
                digest.update(block, i, end - i);
                i = end;
            }
        }
    }

    @Override
    public byte[] finish() {
        releaseLoneCr();
        if (anything) {
            digest.update(CRLF);
        }
        return digest.digest();
    }

    /** Behind the last byte of the run that starts at {@code from}, where neither a blank nor a CR stands. */
    private static int runEnd(byte[] block, int from, int length) {
        int i = from + 1;
        while (i < length) {
            byte b = block[i];
            if (b > ' ' || (b != ' ' && b != '\t' && b != '\r')) {
                i++;
            } else if (b == ' ' && i + 1 < length && isText(block[i + 1])) {
                i += 2;
            } else if (b == '\r' && i + 2 < length && block[i + 1] == '\n' && isText(block[i + 2])) {
                i += 3;
            } else {
                return i;
            }
        }
        return i;
    }

    private static boolean isText(byte b) {
        return b != ' ' && b != '\t' && b != '\r';
    }

    private void lineEnd() {
        heldCr = false;
        heldBlank = false;
        heldLineEnds++;
    }

    /** A CR without LF is text like any other byte; the listener refuses it long before. */
    private void releaseLoneCr() {
        if (heldCr) {
            release();
        }
    }

    private void release() {
        anything = true;
        for (; heldLineEnds > 0; heldLineEnds--) {
            digest.update(CRLF);
        }
        if (heldBlank) {
            digest.update((byte) ' ');
            heldBlank = false;
        }
        if (heldCr) {
            digest.update((byte) '\r');
            heldCr = false;
        }
    }
}
