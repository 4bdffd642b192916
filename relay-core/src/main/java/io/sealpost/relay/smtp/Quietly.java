package io.sealpost.relay.smtp;

import java.io.Closeable;
import java.io.IOException;

/** Closing where a failure to close changes nothing. */
final class Quietly {
    private Quietly() {}

    static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // Closed is what it was to be.
        }
    }
}
