package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.security.PrivateKey;
import java.util.Objects;

/**
 * A key opened for signing. Selector and key are one row: they cannot be mixed up.
 *
 * @param id its row
 * @param domain for {@code d=}
 * @param selector for {@code s=}
 * @param algorithm RSA or Ed25519
 * @param privateKey parsed once and kept
 */
public record ActiveKey(long id, MailDomain domain, String selector, KeyAlgorithm algorithm, PrivateKey privateKey) {
    /** Throws when a part is null. */
    public ActiveKey {
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(selector, "selector is null");
        Objects.requireNonNull(algorithm, "algorithm is null");
        Objects.requireNonNull(privateKey, "privateKey is null");
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " (" + algorithm + ", key " + id + ")";
    }
}
