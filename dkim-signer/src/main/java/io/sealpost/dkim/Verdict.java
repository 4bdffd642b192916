package io.sealpost.dkim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a verifier says of one signature (RFC 6376 §6.1).
 *
 * @param kind how it ended
 * @param key whose signature it claims to be; empty when that cannot be read
 * @param detail why, one plain sentence without text of the message; empty where the kind says all
 */
public record Verdict(Kind kind, Optional<KeyName> key, String detail) {
    /** Throws when a part is null. */
    public Verdict {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(detail, "detail is null");
    }

    /** Whether the signature holds. */
    public boolean passed() {
        return kind == Kind.PASS;
    }

    /** The ends that there are. */
    public enum Kind {
        /** The signature holds. */
        PASS,
        /** The body is not the one that was signed. */
        BODY_HASH_MISMATCH,
        /** The body is right; the header, or the key in the record, is not. */
        SIGNATURE_MISMATCH,
        /** The record says that the key was taken back. */
        KEY_REVOKED,
        /** There is no record. */
        NO_KEY,
        /** The record cannot be asked for now: try later. */
        KEY_UNAVAILABLE,
        /** There is a record, and it does not fit the signature or cannot be read. */
        KEY_UNUSABLE,
        /** An RSA key under 1024 bits (RFC 8301 §3.2). */
        WEAK_KEY,
        /** {@code x=} is over. */
        EXPIRED,
        /** {@code t=} is still to come, by more than clocks differ. */
        SIGNED_IN_THE_FUTURE,
        /** A line of the header is neither a field nor the continuation of one: verifiers differ on where it ends. */
        MALFORMED_MESSAGE,
        /** The DKIM-Signature field breaks the grammar or lacks a tag. */
        MALFORMED_SIGNATURE,
        /** An algorithm, a version or a way to ask for keys that is not known, or no longer allowed (rsa-sha1). */
        UNSUPPORTED,
        /** More signatures than a verifier takes on. */
        UNCHECKED;

        /** The name that people and scripts read, as {@code BodyHashMismatch}. */
        public String word() {
            return Arrays.stream(name().split("_"))
                    .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());
        }
    }
}
