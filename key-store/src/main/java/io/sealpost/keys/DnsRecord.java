package io.sealpost.keys;

import java.util.Objects;

/**
 * A record for the owner of a zone to publish.
 *
 * @param name the full name, without the trailing dot
 * @param type {@code TXT}
 * @param value one string, unquoted and unsplit; a TXT's is cut at 255 octets on the wire (RFC 1035 §3.3.14)
 */
public record DnsRecord(String name, String type, String value) {
    /** Throws when a part is null. */
    public DnsRecord {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(value, "value is null");
    }
}
