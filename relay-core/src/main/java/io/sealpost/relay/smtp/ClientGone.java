package io.sealpost.relay.smtp;

import java.io.IOException;

/** The client closed the connection. */
final class ClientGone extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
        super("lost connection");
    }
}
