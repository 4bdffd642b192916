package io.sealpost.account;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The last of some logins that ended alike.
 *
 * @param at when
 * @param client from which address
 * @param listener on which listener
 * @param tls version and suite; empty in clear
 * @param helo what the client called itself (escape before showing)
 * @param times how many there were so far
 */
public record LoginUse(Instant at, InetAddress client, String listener, Optional<String> tls, String helo, long times) {
    /** Throws when a part is null. */
    public LoginUse {
        Objects.requireNonNull(at, "at is null");
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(listener, "listener is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(helo, "helo is null");
    }
}
