package io.sealpost.dkim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Canonical bytes on their way to a digest, in the blocks they come in. Holds back line ends until text follows, since trailing ones
 * do not count (RFC 6376 §3.4.3). Looks at the ends of a block only. Not thread-safe.
 */
final class CanonicalOutput {
    private static final byte[] LINE_ENDS = "\r\n".repeat(2048).getBytes(StandardCharsets.US_ASCII);
    private static final long FOUR_LINE_ENDS = EightBytes.at(LINE_ENDS, 0);

    private final MessageDigest digest;
    private long heldLineEnds;
    private boolean heldCr;
    private boolean isEmpty = true;

    CanonicalOutput(MessageDigest digest) {
        this.digest = digest;
    }

    /** Part of an array; a CR at its end and an LF at the start of the next are one line end. */
    void write(byte[] block, int from, int to) {
        int start = heldCr && from < to ? afterHeldCr(block, from) : from;
        int end = to;
        if (end > start && block[end - 1] == '\r') {
            heldCr = true;
            end--;
        }
        int textEnd = end;
        while (textEnd - start >= 8 && EightBytes.at(block, textEnd - 8) == FOUR_LINE_ENDS) {
            textEnd -= 8;
        }
        while (textEnd - start >= 2 && block[textEnd - 2] == '\r' && block[textEnd - 1] == '\n') {
            textEnd -= 2;
        }
        if (textEnd > start) {
            text(block, start, textEnd);
        }
        heldLineEnds += (end - textEnd) / 2;
    }

    /** Whether nothing was written; line ends held back do not count. */
    boolean isEmpty() {
        return isEmpty && !heldCr;
    }

    /** The digest of all that was written and one line end. */
    byte[] finishWithLineEnd() {
        if (heldCr) {
            text(LINE_ENDS, 0, 1);
        }
        digest.update(LINE_ENDS, 0, 2);
        return finish();
    }

    /** The digest of all that was written. */
    byte[] finish() {
        return digest.digest();
    }

    private int afterHeldCr(byte[] block, int from) {
        heldCr = false;
        if (block[from] == '\n') {
            heldLineEnds++;
            return from + 1;
        }
        text(LINE_ENDS, 0, 1); // A CR without LF is text like any other byte; the listener refuses it long before.
        return from;
    }

    private void text(byte[] block, int start, int end) {
        isEmpty = false;
        for (long left = 2 * heldLineEnds; left > 0; left -= LINE_ENDS.length) {
            digest.update(LINE_ENDS, 0, (int) Math.min(left, LINE_ENDS.length));
        }
        heldLineEnds = 0;
        digest.update(block, start, end - start);
    }
}
