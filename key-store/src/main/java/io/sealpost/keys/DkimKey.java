package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.Objects;

/**
 * What may be shown of a DKIM key: all but its private half.
 *
 * @param id its row
 * @param domain for {@code d=}
 * @param selector for {@code s=}
 * @param algorithm RSA or Ed25519
 * @param bits the size of the modulus; 256 for Ed25519
 * @param state where it is in its life
 * @param publicHalf the value of {@code p=}: SubjectPublicKeyInfo for RSA, the 32 raw bytes for Ed25519 (RFC 8463 §4), in base64
 * @param created when it was made or imported
 * @param stateSince when it came into its state
 */
public record DkimKey(
        long id,
        MailDomain domain,
        String selector,
        KeyAlgorithm algorithm,
        int bits,
        KeyState state,
        String publicHalf,
        Instant created,
        Instant stateSince) {
    /** Throws when a part is null. */
    public DkimKey {
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(selector, "selector is null");
        Objects.requireNonNull(algorithm, "algorithm is null");
        Objects.requireNonNull(state, "state is null");
        Objects.requireNonNull(publicHalf, "publicHalf is null");
        Objects.requireNonNull(created, "created is null");
        Objects.requireNonNull(stateSince, "stateSince is null");
    }

    /** The name of its record: {@code <selector>._domainkey.<domain>} (RFC 6376 §3.6.2.1). */
    public String recordName() {
        return selector + "._domainkey." + domain.ascii();
    }

    /** Whether receivers may distrust it for its size: RSA under 2,048 bits (RFC 8301 §3.2). */
    public boolean isWeak() {
        return algorithm == KeyAlgorithm.RSA && bits < NewKey.RSA_BITS;
    }

    /** The record to publish before it can be activated. */
    public DnsRecord dnsRecord() {
        return new DnsRecord(recordName(), "TXT", "v=DKIM1; k=" + algorithm.tag() + "; p=" + publicHalf);
    }
}
