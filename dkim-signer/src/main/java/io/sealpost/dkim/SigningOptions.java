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
}
