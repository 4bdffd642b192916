package io.sealpost.keys;

import java.util.List;

/**
 * The selectors of an external domain: its owner publishes an alias for each of them once, and keys change behind the aliases. Two of
 * each algorithm, so that the next key is seen before the one before goes.
 */
public final class FixedLabels {
    /** For RSA. */
    public static final List<String> RSA = List.of("r1", "r2");

    /** For Ed25519. */
    public static final List<String> ED25519 = List.of("e1", "e2");

    /** All four. */
    public static final List<String> ALL = List.of("r1", "r2", "e1", "e2");

    private FixedLabels() {}

    /** Those of an algorithm. */
    public static List<String> of(KeyAlgorithm algorithm) {
        return algorithm == KeyAlgorithm.RSA ? RSA : ED25519;
    }
}
