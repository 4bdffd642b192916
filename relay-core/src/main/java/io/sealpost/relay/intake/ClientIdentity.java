package io.sealpost.relay.intake;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The connection that a message came over, as the Received field and the log name it.
 *
 * @param address the client's address (behind a proxy: the true one)
 * @param helo what it called itself in EHLO or HELO, as given
 * @param protocol the {@code with} clause: {@code ESMTPSA}, {@code UTF8SMTPSA} (RFC 3848, 6531)
 * @param tls version and suite, as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; empty when the connection is in clear
 * @param listener the listener's name
 */
public record ClientIdentity(InetAddress address, String helo, String protocol, Optional<String> tls, String listener) {
    /** Throws when a part is null. */
    public ClientIdentity {
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(helo, "helo is null");
        Objects.requireNonNull(protocol, "protocol is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(listener, "listener is null");
    }
}
