package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The body of a transaction that BDAT began (RFC 3030), from its first chunk to LAST. Holds memory or a file until it is closed. */
final class ChunkedBody implements AutoCloseable {
    private final BodySink sink;
    private final ContentLines lines;
    private final ChunkReader reader;
    private final Deadline deadline;

    ChunkedBody(ListenerContext context, DataSize maxSize, Deadline deadline) {
        this.sink = new BodySink(context.bodies(), maxSize);
        this.lines = new ContentLines(context.listener().lines(), sink);
        this.reader = new ChunkReader(lines);
        this.deadline = deadline;
    }

    BodySink sink() {
        return sink;
    }

    ContentLines lines() {
        return lines;
    }

    /** Whether something has come to light that no further chunk will mend. */
    boolean isUnfit() {
        return lines.fault().isPresent() || sink.fault().isPresent();
    }

    /** Reads a whole chunk from the wire, whatever is wrong with it. */
    void take(ClientConnection connection, long octets) throws IOException {
        long left = octets;
        while (left > 0) {
            ByteBuffer bytes = connection.readData(deadline);
            int count = (int) Math.min(left, bytes.remaining());
            reader.take(bytes, count);
            left -= count;
        }
    }

    /** Behind the last chunk. */
    void end() {
        reader.end();
    }

    @Override
    public void close() {
        sink.close();
    }
}
