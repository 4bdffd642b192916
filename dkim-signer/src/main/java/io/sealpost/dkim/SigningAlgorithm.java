package io.sealpost.dkim;

/** The algorithms that sign today (RFC 8301 §3.1 forbids rsa-sha1). */
public enum SigningAlgorithm {
    /** RFC 6376 §3.3.1. */
    RSA_SHA256("rsa-sha256"),
    /** RFC 8463. */
    ED25519_SHA256("ed25519-sha256");

    private final String tag;

    SigningAlgorithm(String tag) {
        this.tag = tag;
    }

    /** The word in {@code a=}. */
    public String tag() {
        return tag;
    }
}
