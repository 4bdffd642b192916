package io.sealpost.relay.smtp;

import io.sealpost.mail.IpNetwork;
import io.sealpost.relay.smtp.tls.TlsKind;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One listening port.
 *
 * @param name as the log and credentials call it, as {@code submission}
 * @param address where it listens; port 0 takes a free one
 * @param tls when sessions turn to TLS
 * @param lines what becomes of odd lines in message data
 * @param proxyFrom the load balancers, whose connections begin with a header of the PROXY protocol; nobody else's is believed
 * @param legacy for old devices; empty for everybody
 */
public record ListenerSettings(
        String name,
        InetSocketAddress address,
        TlsMode tls,
        LineRules lines,
        List<IpNetwork> proxyFrom,
        Optional<LegacyRules> legacy) {
    /** A modern one. */
    public ListenerSettings(String name, InetSocketAddress address, TlsMode tls, LineRules lines) {
        this(name, address, tls, lines, List.of(), Optional.empty());
    }

    /** Throws when a part is null. */
    public ListenerSettings {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(lines, "lines is null");
        proxyFrom = List.copyOf(proxyFrom);
        Objects.requireNonNull(legacy, "legacy is null");
    }

    TlsKind tlsKind() {
        return legacy.isPresent() ? TlsKind.LEGACY : TlsKind.MODERN;
    }

    /** Whether a login and mail may pass without TLS. */
    boolean takesClearText() {
        return legacy.filter(rules -> rules.clearText() == LegacyRules.ClearText.TAKEN)
                .isPresent();
    }

    /** Whether only credentials bound to it by name log in. */
    boolean wantsBoundLogins() {
        return legacy.filter(rules -> rules.logins() == LegacyRules.Logins.BOUND)
                .isPresent();
    }
}
