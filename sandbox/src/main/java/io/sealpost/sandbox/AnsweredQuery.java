package io.sealpost.sandbox;

import java.util.Objects;

/**
 * One question that the sandbox's DNS server was asked, and what it did.
 *
 * @param name as asked, with its case and the trailing dot
 * @param type {@code MX}, {@code TXT}, …
 * @param transport {@code udp} or {@code tcp}
 * @param outcome the RCODE's name ({@code NOERROR} without records is still that), or {@code DROP} when it kept silent
 */
public record AnsweredQuery(String name, String type, String transport, String outcome) {
    /** Throws when a part is null. */
    public AnsweredQuery {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(transport, "transport is null");
        Objects.requireNonNull(outcome, "outcome is null");
    }
}
