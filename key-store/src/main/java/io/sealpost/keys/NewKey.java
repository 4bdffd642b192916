package io.sealpost.keys;

import java.util.Objects;
import java.util.Optional;

/**
 * A key to be made.
 *
 * @param algorithm RSA or Ed25519
 * @param bits of the modulus, 1,024 to 4,096 (RFC 8301 §3.2); 256 for Ed25519
 * @param selector for {@code s=}; empty: a dated one, as {@code s20261124r}
 */
public record NewKey(KeyAlgorithm algorithm, int bits, Optional<String> selector) {
    /** RSA of this size is accepted by every verifier and fits one DNS answer. */
    public static final int RSA_BITS = 2048;

    /** What Ed25519 always has. */
    public static final int ED25519_BITS = 256;

    /** Throws when a part is null. */
    public NewKey {
        Objects.requireNonNull(algorithm, "algorithm is null");
        Objects.requireNonNull(selector, "selector is null");
    }

    /** A key of the usual size with a dated selector. */
    public static NewKey of(KeyAlgorithm algorithm) {
        return new NewKey(algorithm, algorithm == KeyAlgorithm.RSA ? RSA_BITS : ED25519_BITS, Optional.empty());
    }

    /** The same with this selector. */
    public NewKey withSelector(String name) {
        return new NewKey(algorithm, bits, Optional.of(name));
    }

    /** The same with this size. */
    public NewKey withBits(int size) {
        return new NewKey(algorithm, size, selector);
    }
}
