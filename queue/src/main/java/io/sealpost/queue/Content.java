package io.sealpost.queue;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a message after its prefix, in memory or spooled on disk; read as often as wanted, never changed. */
public interface Content {
    /** The size in bytes. */
    long size();

    /** A fresh stream from the first byte; the caller closes it. */
    InputStream open() throws IOException;

    /**
     * Gives back what the content holds outside the heap; reading it afterwards fails. Called by whoever has it last, more often does
     * no harm, and forgotten it happens when the garbage collector finds the content. Nothing to do for content in memory.
     */
    default void release() {}

    /** Content held in memory; the array is handed over, not copied. */
    static Content of(byte[] bytes) {
        return new InMemoryContent(bytes);
    }
}
