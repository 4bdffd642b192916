package io.sealpost.dkim;

import java.security.PrivateKey;
import java.util.Objects;

/**
 * Who signs, and with what.
 *
 * @param domain {@code d=}, an A-label name
 * @param selector {@code s=}
 * @param algorithm of the key
 * @param key from {@link SigningKeys#parse}; others work, slower
 * @param options how
 */
public record SigningIdentity(
        String domain, String selector, SigningAlgorithm algorithm, PrivateKey key, SigningOptions options) {
    /** Throws when a part is null or a name is not of letters, digits, dots, hyphens and underscores. */
    public SigningIdentity {
        requireName(domain);
        requireName(selector);
        Objects.requireNonNull(algorithm, "algorithm is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(options, "options is null");
    }

    private static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("not a name for a signature's d= or s=");
        }
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " " + algorithm.tag();
    }
}
