package io.sealpost.dkim;

import io.sealpost.dkim.KeyReading.UsableKey;
import io.sealpost.dkim.KeyRecords.Answer;
import io.sealpost.dkim.Verdict.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the signatures of a message (RFC 6376 §6, RFC 8463) against the records that the DNS shows. Thread-safe.
 *
 * <p>Bounded: ten signatures, the body read once, time linear in the size of the message; asks for each key once.
 */
public final class DkimVerifier {
    private static final int MOST_SIGNATURES = 10; // RFC 6376 §6.1 lets a verifier limit them.
    private static final Duration CLOCK_DRIFT = Duration.ofMinutes(5);
    private static final String FIELD = "dkim-signature";
    /** RFC 6376 §3.8: a message that is none by RFC 5322 should not be validated. */
    private static final Fault MALFORMED =
            new Fault(Kind.MALFORMED_MESSAGE, "a line of the header is neither a field nor the continuation of one");

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
     * @param now for {@code t=} and {@code x=}
     * @return a verdict a signature; an empty list when the message has none
     * @throws IOException when the body cannot be read
     */
    public List<Verdict> verify(RawMessage message, Instant now) throws IOException {
        List<Verdict> verdicts = new ArrayList<>(verifyTopmost(message, MOST_SIGNATURES, now));
        for (int i = message.count(FIELD); i > MOST_SIGNATURES; i--) {
            verdicts.add(new Verdict(Kind.UNCHECKED, Optional.empty(), "more signatures than are checked"));
        }
        return verdicts;
    }

    /**
     * As {@link #verify}, of the topmost signatures only: those that one has just put in front.
     *
     * @param most how many at most
     * @throws IOException when the body cannot be read
     */
    public List<Verdict> verifyTopmost(RawMessage message, int most, Instant now) throws IOException {
        Map<String, List<HeaderField>> fields = message.fieldsByName();
        List<HeaderField> signatures = fields.getOrDefault(FIELD, List.of());
        List<Check> checks = new ArrayList<>();
        Set<BodyForm> forms = new LinkedHashSet<>();
        Map<KeyName, Answer> answers = new HashMap<>();
        for (HeaderField field : signatures.subList(0, Math.min(signatures.size(), most))) {
            Check check = message.malformedLine() >= 0
                    ? Check.failed(MALFORMED, SignatureReader.claimedKey(message.header(), field))
                    : check(message.header(), field, now, answers);
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
        return verdicts;
    }

    /** All that can be said before the body is read. */
    private Check check(byte[] header, HeaderField field, Instant now, Map<KeyName, Answer> answers) {
        SignatureReading reading = SignatureReader.read(header, field);
        if (reading instanceof Fault fault) {
            return Check.failed(fault, SignatureReader.claimedKey(header, field));
        }
        ReceivedSignature signature = (ReceivedSignature) reading;
        KeyName name = signature.signer().key();
        Optional<Fault> untimely = untimely(signature.validity(), now);
        if (untimely.isPresent()) {
            return Check.failed(untimely.get(), Optional.of(name));
        }
        Answer answer = answers.computeIfAbsent(name, asked -> records.txt(asked.toString()));
        KeyReading key = selection.select(answer, signature);
        return key instanceof UsableKey usable
                ? new Check(Optional.of(new Candidate(field, signature, usable)), Optional.empty())
                : Check.failed((Fault) key, Optional.of(name));
    }

    private static Optional<Fault> untimely(ReceivedSignature.Validity validity, Instant now) {
        long second = now.getEpochSecond();
        if (validity.expires().isPresent() && second > validity.expires().getAsLong()) {
            return Optional.of(new Fault(Kind.EXPIRED, "x= is over"));
        }
        return validity.signed().isPresent() && validity.signed().getAsLong() > second + CLOCK_DRIFT.toSeconds()
                ? Optional.of(new Fault(Kind.SIGNED_IN_THE_FUTURE, "t= is in the future")) // RFC 6376 §3.5 allows it.
                : Optional.empty();
    }

    private Verdict judge(
            byte[] header, Map<String, List<HeaderField>> fields, Map<BodyForm, byte[]> hashes, Candidate candidate) {
        ReceivedSignature signature = candidate.signature();
        ReceivedSignature.Coverage coverage = signature.coverage();
        Optional<KeyName> name = Optional.of(signature.signer().key());
        if (!MessageDigest.isEqual(hashes.get(coverage.body()), signature.bodyHash())) {
            return new Verdict(Kind.BODY_HASH_MISMATCH, name, "the body is not the one that was signed");
        }
        Map<String, List<HeaderField>> others =
                new HashMap<>(fields); // §3.5: h= may name other signatures, not its own.
        others.computeIfPresent(FIELD, (field, all) -> without(all, candidate.field()));
        List<HeaderField> chosen = SignedText.chosen(others, coverage.names());
        ByteBuilder text = SignedText.of(coverage.header(), header, chosen, signature.unsigned());
        boolean holds =
                publicKeys.verifies(signature.algorithm(), candidate.usable().key(), text, signature.signature());
        return holds
                ? new Verdict(Kind.PASS, name, remark(candidate))
                : new Verdict(Kind.SIGNATURE_MISMATCH, name, "the header or the key is not the one that signed");
    }

    private static List<HeaderField> without(List<HeaderField> fields, HeaderField own) {
        return fields.stream().filter(field -> !field.equals(own)).toList();
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
    private record Candidate(HeaderField field, ReceivedSignature signature, UsableKey usable) {}

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
