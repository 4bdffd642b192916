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
    /** Throws when a part is null, a name is not of labels, both are too long together for the DNS, or {@code i=} is not in or below the domain. */
    public SigningIdentity {
        if (!KeyName.isKeyName(domain, selector)) {
            throw new IllegalArgumentException("not names for a signature's d= and s=");
        }
        Objects.requireNonNull(algorithm, "algorithm is null");
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(options, "options is null");
        options.identity().ifPresent(agent -> requireWithin(agent, domain));
    }

    /** RFC 6376 §3.5; what its quoted-printable would have to hide is refused. */
    private static void requireWithin(String agent, String domain) {
        boolean plain = agent.chars().allMatch(c -> c > ' ' && c < 0x7F && c != ';' && c != '=');
        if (!plain || !agent.contains("@") || !KeyName.isWithin(agent.substring(agent.lastIndexOf('@') + 1), domain)) {
            throw new IllegalArgumentException("i= must be an address, or @ and a domain, in or below d=");
        }
    }

    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " " + algorithm.tag();
    }
}
