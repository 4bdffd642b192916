package io.sealpost.account;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where a client is.
 *
 * @param client its address (behind a proxy: the true one)
 * @param listener the name of the listener it came to
 */
public record Origin(InetAddress client, String listener) {
    /** Throws when a part is null. */
    public Origin {
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(listener, "listener is null");
    }
}
