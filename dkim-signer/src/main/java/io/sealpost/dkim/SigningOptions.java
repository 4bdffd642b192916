package io.sealpost.dkim;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a signature is made.
 *
 * @param header canonicalisation of header fields
 * @param body canonicalisation of the body
 * @param fields which fields are signed
 * @param lifetime {@code x=} is {@code t=} plus this; empty: none. Never shorter than the queue's life
 * @param identity {@code i=}, in or below the domain; empty: none
 */
public record SigningOptions(
        Canonicalization header,
        Canonicalization body,
        SignedFields fields,
        Optional<Duration> lifetime,
        Optional<String> identity) {
    /** relaxed/relaxed, the usual fields, neither {@code x=} nor {@code i=}. */
    public static final SigningOptions USUAL = new SigningOptions(
            Canonicalization.RELAXED, Canonicalization.RELAXED, SignedFields.USUAL, Optional.empty(), Optional.empty());

    /** Throws when a part is null or the lifetime is not positive. */
    public SigningOptions {
        Objects.requireNonNull(header, "header is null");
        Objects.requireNonNull(body, "body is null");
        Objects.requireNonNull(fields, "fields is null");
        Objects.requireNonNull(identity, "identity is null");
        if (lifetime.isPresent() && lifetime.get().toSeconds() < 1) {
            throw new IllegalArgumentException("a signature lives at least a second");
        }
    }

    /** The same, with other fields signed. */
    public SigningOptions withFields(SignedFields signed) {
        return new SigningOptions(header, body, signed, lifetime, identity);
    }

    /** The same, with {@code i=}: an address, or {@code @} and a domain, in or below the one that signs (RFC 6376 §3.5). */
    public SigningOptions withIdentity(String agent) {
        return new SigningOptions(header, body, fields, lifetime, Optional.of(agent));
    }

    /**
     * The same, with {@code x=}.
     *
     * @param life of a signature
     * @param longestWait how long a message may wait in the queue before it leaves
     * @throws IllegalArgumentException when a message could leave with a signature that is over
     */
    public SigningOptions expiringAfter(Duration life, Duration longestWait) {
        if (life.compareTo(longestWait) < 0) {
            throw new IllegalArgumentException(
                    "a signature must live at least as long as its message may wait: " + longestWait);
        }
        return new SigningOptions(header, body, fields, Optional.of(life), identity);
    }
}
