package io.sealpost.dkim;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a message's body, in memory or elsewhere; read once for all signatures of one call. */
public interface BodySource {
    /** A fresh stream from the body's first byte; the signer closes it. */
    InputStream open() throws IOException;

    /** A part of an array, which is not copied. */
    static BodySource of(byte[] bytes, int offset, int length) {
        return () -> new ByteArrayInputStream(bytes, offset, length);
    }
}
