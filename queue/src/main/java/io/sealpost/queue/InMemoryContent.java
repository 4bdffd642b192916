package io.sealpost.queue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Content of a small message. Immutable as long as nobody writes into the array that was handed over. */
final class InMemoryContent implements Content {
    private final byte[] bytes;

    InMemoryContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes in memory";
    }
}
