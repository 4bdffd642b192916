package io.sealpost.relay.intake;

import io.sealpost.queue.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Another header in front of a body that is not copied.
 *
 * @param header up to the empty line
 * @param original the content whose header is replaced
 * @param skipped the length of that header
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes are handed over, not shared.
record SplicedContent(byte[] header, Content original, int skipped) implements Content {
    @Override
    public long size() {
        return header.length + original.size() - skipped;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream body = original.open();
        body.skipNBytes(skipped);
        return new SequenceInputStream(new ByteArrayInputStream(header), body);
    }
}
