package io.sealpost.dkim;

import java.security.MessageDigest;

/** RFC 6376 §3.4.3: as it stands, with exactly one CRLF at the end in place of all trailing ones; an empty body is one CRLF. */
final class SimpleBody implements BodyCanonicalizer {
    private static final byte[] CRLF = {'\r', '\n'};

    private final MessageDigest digest;
    private long heldLineEnds;
    private boolean heldCr;

    SimpleBody(MessageDigest digest) {
        this.digest = digest;
    }

    @Override
    public void update(byte[] block, int length) {
        int runStart = -1;
        for (int i = 0; i < length; i++) {
            byte b = block[i];
            if (heldCr && b == '\n') {
                heldCr = false;
                heldLineEnds++;
            } else if (b == '\r') {
                runStart = endRun(block, runStart, i);
                releaseLoneCr();
                heldCr = true;
            } else if (runStart < 0) {
                release();
                runStart = i;
            }
        }
        endRun(block, runStart, length);
    }

    @Override
    public byte[] finish() {
        releaseLoneCr();
        digest.update(CRLF);
        return digest.digest();
    }

    private int endRun(byte[] block, int start, int end) {
        if (start >= 0) {
            digest.update(block, start, end - start);
        }
        return -1;
    }

    private void releaseLoneCr() {
        if (heldCr) {
            release();
        }
    }

    /** What was held back is not trailing after all. */
    private void release() {
        for (; heldLineEnds > 0; heldLineEnds--) {
            digest.update(CRLF);
        }
        if (heldCr) {
            digest.update((byte) '\r');
            heldCr = false;
        }
    }
}
