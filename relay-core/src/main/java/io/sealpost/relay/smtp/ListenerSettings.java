package io.sealpost.relay.smtp;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * One listening port.
 *
 * @param name as the log and credentials call it, as {@code submission}
 * @param address where it listens; port 0 takes a free one
 * @param tls when sessions turn to TLS
 * @param lines what becomes of odd lines in message data
 */
public record ListenerSettings(String name, InetSocketAddress address, TlsMode tls, LineRules lines) {
    /** Throws when a part is null. */
    public ListenerSettings {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(lines, "lines is null");
    }
}
