package io.sealpost.relay.deliver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Puts a message on the wire in blocks, dots stuffed last of all (RFC 5321 §4.5.2). A bare CR or LF is never sent: another server
 * might take what stands behind it for commands. Not thread-safe; one for each message.
 */
final class DataWriter {
    private static final int BLOCK = 64 * 1024;
    private static final byte[] FINAL_DOT = ".\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Room behind a full block for a stuffed dot, a CRLF and the final dot. */
    private static final int MARGIN = 8;

    private final Sink sink;
    private final byte[] out = new byte[BLOCK + MARGIN];
    private int length;
    private boolean lineStart = true;
    private boolean afterCr;
    private boolean flushed;

    DataWriter(Sink sink) {
        this.sink = sink;
    }

    /**
     * Sends all, but a message of one block stays here: it goes out with its dot, in one packet. The dot of a longer one comes alone, since a
     * host that is slow to take the last block would have the permission for the dot grow old.
     */
    void write(InputStream message) throws BrokenConversation, UnsendableContent {
        byte[] in = new byte[BLOCK];
        for (int read = read(message, in); read >= 0; read = read(message, in)) {
            for (int i = 0; i < read; i++) {
                put(in[i]);
            }
        }
        if (afterCr) {
            throw new UnsendableContent("the stored message has a bare CR");
        }
        if (!lineStart) {
            out[length++] = '\r';
            out[length++] = '\n';
            lineStart = true;
        }
        if (flushed) {
            flush();
        }
    }

    /** Sends what is left with the final dot behind it. */
    void end() throws BrokenConversation {
        System.arraycopy(FINAL_DOT, 0, out, length, FINAL_DOT.length);
        sink.write(out, length + FINAL_DOT.length);
    }

    private void put(byte b) throws BrokenConversation, UnsendableContent {
        if (afterCr != (b == '\n')) {
            throw new UnsendableContent("the stored message has a bare " + (afterCr ? "CR" : "LF"));
        }
        if (length >= BLOCK) {
            flush();
        }
        if (lineStart && b == '.') {
            out[length++] = '.';
        }
        out[length++] = b;
        lineStart = b == '\n';
        afterCr = b == '\r';
    }

    private void flush() throws BrokenConversation {
        sink.write(out, length);
        length = 0;
        flushed = true;
    }

    private static int read(InputStream message, byte[] in) throws UnsendableContent {
        try {
            return message.read(in);
        } catch (IOException e) {
            throw new UnsendableContent("the stored message cannot be read", e);
        }
    }

    /** Where blocks go. */
    interface Sink {
        void write(byte[] block, int length) throws BrokenConversation;
    }
}
