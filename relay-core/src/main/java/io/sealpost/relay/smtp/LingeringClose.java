package io.sealpost.relay.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Waits, within bounds, for the client to close. A socket closed over unread input sends a reset, and a reset makes the client's
 * system throw away the last reply before the client has read it.
 */
final class LingeringClose {
    private static final Duration AT_MOST = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 1 << 20;

    private LingeringClose() {}

    static void await(TimedSocket socket) throws IOException {
        socket.shutdownOutput();
        socket.readBy(Deadline.in(AT_MOST));
        InputStream rest = socket.getInputStream();
        byte[] unread = new byte[4096];
        int total = 0;
        for (int read = 0; read >= 0 && total < MOST_BYTES; read = rest.read(unread)) {
            total += read;
        }
    }
}
