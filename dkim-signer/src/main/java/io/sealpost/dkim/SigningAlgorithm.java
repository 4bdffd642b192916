package io.sealpost.dkim;

import java.util.Arrays;
import java.util.Optional;

/** The algorithms that sign today (RFC 8301 §3.1 forbids rsa-sha1). */
public enum SigningAlgorithm {
    /** RFC 6376 §3.3.1. */
    RSA_SHA256("rsa-sha256", "rsa"),
    /** RFC 8463. */
    ED25519_SHA256("ed25519-sha256", "ed25519");

    private final String tag;
    private final String keyType;

    SigningAlgorithm(String tag, String keyType) {
        this.tag = tag;
        this.keyType = keyType;
    }

    /** The word in {@code a=}. */
    public String tag() {
        return tag;
    }

    /** The word in {@code k=} of a key record. */
    public String keyType() {
        return keyType;
    }

    /** The algorithm of that word in {@code a=}; empty when it is not known. */
    static Optional<SigningAlgorithm> named(String tag) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.tag.equals(tag))
                .findFirst();
    }
}
