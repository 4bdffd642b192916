package io.sealpost.keys;

/** Kinds of DKIM keys, by the name of their {@code k=} tag. */
public enum KeyAlgorithm {
    /** RFC 6376, 2048 bits unless asked otherwise. */
    RSA("rsa"),
    /** RFC 8463. */
    ED25519("ed25519");

    private final String tag;

    KeyAlgorithm(String tag) {
        this.tag = tag;
    }

    /** The value of {@code k=} and of {@code --algorithm}. */
    public String tag() {
        return tag;
    }
}
