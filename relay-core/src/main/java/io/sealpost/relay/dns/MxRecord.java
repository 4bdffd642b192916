package io.sealpost.relay.dns;

import java.util.Objects;

/**
 * An MX record (RFC 1035 §3.3.9).
 *
 * @param preference lower is tried first
 * @param exchange the host, lower case, no trailing dot; "" for the root, the null MX (RFC 7505)
 */
public record MxRecord(int preference, String exchange) {
    /** Throws when the exchange is null. */
    public MxRecord {
        Objects.requireNonNull(exchange, "exchange is null");
    }
}
