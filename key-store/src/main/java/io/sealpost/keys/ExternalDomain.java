package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A domain of a customer elsewhere: a claim until its owner has published the challenge and the aliases, then the tenant's.
 *
 * @param id its row in {@code domain}
 * @param tenant who claims or holds it
 * @param name the domain
 * @param token random, never used for another one; the aliases and the challenge name it
 * @param zone where the operator publishes the keys that the aliases lead to
 * @param proof how far the proof is, and what was seen last
 */
public record ExternalDomain(long id, long tenant, MailDomain name, String token, MailDomain zone, Proof proof) {
    private static final String CHALLENGE = "_sealpost-challenge.";

    /** Where it stands. */
    public enum State {
        /** Not proven, or another tenant's by a newer proof: nobody is kept from it. */
        CLAIMED,
        /** Proven: the tenant's, and mail is signed. */
        PROVEN,
        /** Proven once; its records are gone for longer than the grace period: nothing is signed. */
        LAPSED
    }

    /**
     * What is known of the proof.
     *
     * @param state where it stands
     * @param since since when; when it was claimed, proven or lapsed
     * @param goneSince since when records are missing that were seen before
     * @param looked when it was looked at last
     */
    public record Proof(State state, Instant since, Optional<Instant> goneSince, Optional<Instant> looked) {
        /** Throws when a part is null. */
        public Proof {
            Objects.requireNonNull(state, "state is null");
            Objects.requireNonNull(since, "since is null");
            Objects.requireNonNull(goneSince, "goneSince is null");
            Objects.requireNonNull(looked, "looked is null");
        }
    }

    /** Throws when a part is null. */
    public ExternalDomain {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(token, "token is null");
        Objects.requireNonNull(zone, "zone is null");
        Objects.requireNonNull(proof, "proof is null");
    }

    /** What proves who owns it. */
    public DnsRecord challenge() {
        return new DnsRecord(CHALLENGE + name.ascii(), "TXT", "sealpost-challenge=" + token);
    }

    /** The alias of a selector. */
    public DnsRecord alias(String label) {
        return new DnsRecord(label + "._domainkey." + name.ascii(), "CNAME", target(label));
    }

    /** What the owner of the domain publishes, once: the challenge and an alias for each label. */
    public List<DnsRecord> customerRecords() {
        return Stream.concat(Stream.of(challenge()), FixedLabels.ALL.stream().map(this::alias))
                .toList();
    }

    /** What the operator publishes for a key, at the end of its alias. */
    public DnsRecord operatorRecord(DkimKey key) {
        return new DnsRecord(target(key.selector()), "TXT", key.dnsRecord().value());
    }

    /** What the operator publishes at once when the domain is given up: all its keys revoked (RFC 6376 §3.6.1). */
    public List<DnsRecord> revocations() {
        return FixedLabels.ALL.stream()
                .map(label -> new DnsRecord(target(label), "TXT", "v=DKIM1; p="))
                .toList();
    }

    private String target(String label) {
        return label + "." + token + "." + zone.ascii();
    }
}
