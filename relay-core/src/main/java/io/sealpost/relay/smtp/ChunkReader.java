package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.ContentLines.Fault;
import java.nio.ByteBuffer;

/**
 * Reads the octets of BDAT (RFC 3030), whose end is a number and not a line: no dot means anything, and the lines are held to the same
 * rules as those of DATA. A CR and its LF may stand in two chunks.
 */
final class ChunkReader {
    private final ContentLines out;
    private boolean afterCr;

    ChunkReader(ContentLines out) {
        this.out = out;
    }

    /** Takes so many bytes from an array-backed buffer. */
    void take(ByteBuffer in, int count) {
        byte[] bytes = in.array();
        int start = in.arrayOffset() + in.position();
        int end = start + count;
        for (int i = start; i < end; ) {
            if (afterCr || !ContentLines.isPlain(bytes[i])) {
                step(bytes[i++]);
            } else {
                i = out.takePlainRun(bytes, i, end);
            }
        }
        in.position(in.position() + count);
    }

    private void step(byte b) {
        if (afterCr && b == '\n') {
            out.end();
            afterCr = false;
            return;
        }
        if (afterCr) {
            out.fail(Fault.BARE_CR);
        }
        afterCr = b == '\r';
        if (b == '\n') {
            out.takeBareLf();
        } else if (b == 0) {
            out.fail(Fault.NUL);
        }
    }

    /** Behind the last octet. A last line without CRLF gets it, as it would from DATA. */
    void end() {
        if (afterCr) {
            out.fail(Fault.BARE_CR);
        } else if (!out.atLineStart()) {
            out.end();
        }
    }
}
