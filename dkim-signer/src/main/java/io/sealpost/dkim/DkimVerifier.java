package io.sealpost.dkim;

import io.sealpost.dkim.KeyReading.UsableKey;
import io.sealpost.dkim.Verdict.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the signatures of a message (RFC 6376 §6, RFC 8463) against the records that the DNS shows. Thread-safe.
 *
 * <p>Bounded: ten signatures, the body read once, time linear in the size of the message; asks one name for each signature.
 */
public final class DkimVerifier {
    private static final int MOST_SIGNATURES = 10; // RFC 6376 §6.1 lets a verifier limit them.
    private static final String FIELD = "dkim-signature";

    private final PublicKeys publicKeys;
    private final KeySelection selection;
    private final KeyRecords records;

    /** A verifier that computes with the providers of {@code keys} and asks {@code records}. */
    public DkimVerifier(SigningKeys keys, KeyRecords records) {
        this.publicKeys = keys.publicKeys();
        this.selection = new KeySelection(publicKeys);
        this.records = records;
    }

    /**
     * Judges each DKIM-Signature field, from the top down.
     *
     * @param now for {@code x=}
     * @return a verdict a signature; an empty list when the message has none
     * @throws IOException when the body cannot be read
     */
    public List<Verdict> verify(RawMessage message, Instant now) throws IOException {
        Map<String, List<HeaderField>> fields = message.fieldsByName();
        List<HeaderField> signatures = fields.getOrDefault(FIELD, List.of());
        List<Check> checks = new ArrayList<>();
        Set<BodyForm> forms = new LinkedHashSet<>();
        for (HeaderField field : signatures.subList(0, Math.min(signatures.size(), MOST_SIGNATURES))) {
            Check check = check(message.header(), field, now);
            check.candidate()
                    .ifPresent(it -> forms.add(it.signature().coverage().body()));
            checks.add(check);
        }
        Map<BodyForm, byte[]> hashes = BodyForm.hashes(message.body(), forms);
        List<Verdict> verdicts = new ArrayList<>();
        for (Check check : checks) {
            verdicts.add(check.candidate()
                    .map(it -> judge(message.header(), fields, hashes, it))
                    .orElseGet(check::early));
        }
        for (int i = verdicts.size(); i < signatures.size(); i++) {
            verdicts.add(new Verdict(Kind.UNCHECKED, Optional.empty(), "more signatures than are checked"));
        }
        return verdicts;
    }

    /** All that can be said before the body is read. */
    private Check check(byte[] header, HeaderField field, Instant now) {
        SignatureReading reading = SignatureReader.read(header, field);
        if (reading instanceof Fault fault) {
            return Check.failed(fault, SignatureReader.claimedKey(header, field));
        }
        ReceivedSignature signature = (ReceivedSignature) reading;
        KeyName name = signature.signer().key();
        if (signature.expires().isPresent()
                && now.getEpochSecond() > signature.expires().getAsLong()) {
            return Check.failed(new Fault(Kind.EXPIRED, "x= is over"), Optional.of(name));
        }
        KeyReading key = selection.select(records.txt(name.toString()), signature);
        return key instanceof UsableKey usable
                ? new Check(Optional.of(new Candidate(signature, usable)), Optional.empty())
                : Check.failed((Fault) key, Optional.of(name));
    }

    private Verdict judge(
            byte[] header, Map<String, List<HeaderField>> fields, Map<BodyForm, byte[]> hashes, Candidate candidate) {
        ReceivedSignature signature = candidate.signature();
        ReceivedSignature.Coverage coverage = signature.coverage();
        Optional<KeyName> name = Optional.of(signature.signer().key());
        if (!MessageDigest.isEqual(hashes.get(coverage.body()), signature.bodyHash())) {
            return new Verdict(Kind.BODY_HASH_MISMATCH, name, "the body is not the one that was signed");
        }
        ByteBuilder text = SignedText.of(
                coverage.header(), header, SignedText.chosen(fields, coverage.names()), signature.unsigned());
        boolean holds =
                publicKeys.verifies(signature.algorithm(), candidate.usable().key(), text, signature.signature());
        return holds
                ? new Verdict(Kind.PASS, name, remark(candidate))
                : new Verdict(Kind.SIGNATURE_MISMATCH, name, "the header or the key is not the one that signed");
    }

    private static String remark(Candidate candidate) {
        if (candidate.usable().record().isTest()) {
            return "t=y of the record: the domain is only trying DKIM";
        }
        return candidate.signature().coverage().body().octets().isPresent()
                ? "l= leaves the body open to additions"
                : "";
    }

    /** A signature and the key that may verify it. */
    private record Candidate(ReceivedSignature signature, UsableKey usable) {}

    /** Either of them. */
    private record Check(Optional<Candidate> candidate, Optional<Verdict> verdict) {
        static Check failed(Fault fault, Optional<KeyName> key) {
            return new Check(Optional.empty(), Optional.of(new Verdict(fault.kind(), key, fault.detail())));
        }

        Verdict early() {
            return verdict.orElseThrow();
        }
    }
}
