package io.sealpost.dkim;

import java.security.MessageDigest;

/**
 * Canonical bytes on their way to a digest: short pieces are gathered, long ones handed on as they are. Holds back line ends until
 * something follows, since trailing ones do not count. Not thread-safe.
 */
final class CanonicalOutput {
    private static final int GATHERED = 2048;
    private static final int LONG_PIECE = 256;

    private final MessageDigest digest;
    private final byte[] gathered = new byte[GATHERED];
    private int length;
    private long heldLineEnds;
    private boolean isEmpty = true;

    CanonicalOutput(MessageDigest digest) {
        this.digest = digest;
    }

    void holdLineEnd() {
        heldLineEnds++;
    }

    void write(byte b) {
        releaseLineEnds();
        put(b);
    }

    void write(byte[] block, int start, int end) {
        releaseLineEnds();
        int size = end - start;
        if (size < LONG_PIECE) {
            makeRoom(size);
            System.arraycopy(block, start, gathered, length, size);
            length += size;
        } else {
            flush();
            digest.update(block, start, size);
        }
    }

    /** Whether nothing was written; line ends held back do not count. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** The digest of all that was written and one line end. */
    byte[] finishWithLineEnd() {
        put((byte) '\r');
        put((byte) '\n');
        return finish();
    }

    /** The digest of all that was written. */
    byte[] finish() {
        flush();
        return digest.digest();
    }

    private void releaseLineEnds() {
        isEmpty = false;
        for (; heldLineEnds > 0; heldLineEnds--) {
            put((byte) '\r');
            put((byte) '\n');
        }
    }

    private void put(byte b) {
        makeRoom(1);
        gathered[length++] = b;
    }

    private void makeRoom(int size) {
        if (length + size > GATHERED) {
            flush();
        }
    }

    private void flush() {
        digest.update(gathered, 0, length);
        length = 0;
    }
}
