package io.sealpost.relay.signing;

import io.sealpost.dkim.BodySource;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.Verdict;
import io.sealpost.dkim.Verdict.Kind;
import io.sealpost.mail.Share;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed or not sent, proved: verifies fresh signatures of a share of the mail, as a receiver would, against the key records that the DNS
 * shows now. Asks the DNS, so never to be called inside a transaction. Thread-safe.
 */
public final class SignatureProof {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureProof.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final DkimVerifier verifier;
    private final RandomGenerator chance;
    private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.MIN);
    private volatile Share share;

    /**
     * A proof of this share of the mail.
     *
     * @param verifier asks for records within their TTL
     * @param chance which messages; thread-safe
     */
    public SignatureProof(DkimVerifier verifier, RandomGenerator chance, Share share) {
        this.verifier = verifier;
        this.chance = chance;
        this.share = share;
    }

    /** From now on this share is verified. */
    public void use(Share changed) {
        share = changed;
    }

    /**
     * What does not hold of the fresh signatures of a message; empty when they do, when the message is not of the share, or when nobody
     * can tell now: a resolver that is down is no reason to lose mail, and nothing is delivered without it either.
     *
     * @param fields the fresh DKIM-Signature fields
     * @param count how many they are
     * @param header the fields under them
     * @throws IOException when the body cannot be read
     */
    Optional<Verdict> fault(byte[] fields, int count, byte[] header, BodySource body, Instant now) throws IOException {
        if (!share.takes(chance)) {
            return Optional.empty();
        }
        List<Verdict> verdicts =
                verifier.verifyTopmost(RawMessage.of(PrefixFields.join(fields, header), body), count, now);
        verdicts.stream()
                .filter(verdict -> verdict.kind() == Kind.KEY_UNAVAILABLE)
                .findFirst()
                .ifPresent(verdict -> tellUnproved(verdict, now));
        Optional<Verdict> fault = verdicts.stream()
                .filter(verdict -> !verdict.passed() && verdict.kind() != Kind.KEY_UNAVAILABLE)
                .findFirst();
        fault.ifPresent(
                verdict -> LOG.warn("a fresh signature does not verify, key {}: {}", name(verdict), reason(verdict)));
        return fault;
    }

    /** The record's name. */
    static String name(Verdict verdict) {
        return verdict.key().map(Object::toString).orElse("unknown");
    }

    /** In words, with the verdict's own name. */
    static String reason(Verdict verdict) {
        return verdict.kind().word() + ", " + verdict.detail();
    }

    /** Once a minute: while a resolver is down it would be each message. */
    private void tellUnproved(Verdict verdict, Instant now) {
        Instant until = quietUntil.get();
        if (!now.isBefore(until) && quietUntil.compareAndSet(until, now.plus(QUIET))) {
            LOG.warn("signatures are not proved now: {}: {}", name(verdict), verdict.detail());
        }
    }
}
