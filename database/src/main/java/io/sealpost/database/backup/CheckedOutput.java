package io.sealpost.database.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what passes; closing it leaves the stream behind it open. Not thread-safe. */
final class CheckedOutput extends OutputStream {
    private final OutputStream to;
    private final MessageDigest digest = sha256();
    private long bytes;

    CheckedOutput(OutputStream to) {
        this.to = to;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int count) throws IOException {
        to.write(some, from, count);
        digest.update(some, from, count);
        bytes += count;
    }

    long bytes() {
        return bytes;
    }

    /** In hex; once. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {}
}
