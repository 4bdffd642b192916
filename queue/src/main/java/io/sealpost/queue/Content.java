package io.sealpost.queue;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a message after its prefix, in memory or spooled on disk; read as often as wanted, never changed. */
public interface Content {
    /** The size in bytes. */
    long size();

    /** A fresh stream from the first byte; the caller closes it. */
    InputStream open() throws IOException;

    /** Content held in memory; the array is handed over, not copied. */
    static Content of(byte[] bytes) {
        return new InMemoryContent(bytes);
    }
}
