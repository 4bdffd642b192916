package io.sealpost.dkim;

import io.sealpost.dkim.KeyRecords.Answer;
import io.sealpost.dkim.SigningResult.Signed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What must hold for any bytes whatever, for Jazzer to break (profile {@code fuzz}). Knows nothing of Jazzer, which finds the method by
 * its name; the inputs that it kept are run again by {@link FuzzCorpusTest}.
 */
public final class SignerFuzz {
    private static final Instant NOW = Instant.ofEpochSecond(1_528_637_909); // t= of RFC 8463's example.
    private static final SigningKeys KEYS = SigningKeys.plain();

    /** The key of RFC 8463 Appendix A.2: the same in each run, so that the kept signatures stay valid. */
    private static final byte[] PKCS8 =
            Base64.getDecoder().decode("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g");

    private static final KeyRecords DNS =
            name -> new Answer.Records(List.of("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));

    private SignerFuzz() {}

    /** One input: throws when something does not hold. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        RawMessage message = RawMessage.of(input);
        List<Verdict> verdicts = new DkimVerifier(KEYS, DNS).verify(message, NOW);
        require(verdicts.size() == message.count("dkim-signature"), "a verdict for each signature");
        hashesAsTheRfcSays(message);
        whatIsSignedVerifies(input);
        readsAnyRecord(input);
    }

    private static void hashesAsTheRfcSays(RawMessage message) throws IOException {
        byte[] body = message.body().open().readAllBytes();
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (Canonicalization kind : Canonicalization.values()) {
            CanonicalizationTest.Recorder recorder = new CanonicalizationTest.Recorder();
            BodyCanonicalizer canonicalizer = kind.body(recorder);
            int half = body.length / 2;
            canonicalizer.update(body, 0, half);
            canonicalizer.update(body, half, body.length);
            canonicalizer.finish();
            require(recorder.text().equals(SlowVerifier.body(kind.tag(), text)), kind + " body");
            for (HeaderField field : message.fields()) {
                hashesAsTheRfcSays(kind, message.header(), field);
            }
        }
    }

    private static void hashesAsTheRfcSays(Canonicalization kind, byte[] header, HeaderField field) {
        ByteBuilder text = new ByteBuilder(64);
        kind.appendField(text, header, field);
        String raw = new String(header, field.start(), field.end() - field.start(), StandardCharsets.ISO_8859_1);
        String canonical = new String(text.toArray(), StandardCharsets.ISO_8859_1);
        require(canonical.equals(SlowVerifier.header(kind.tag(), raw)), kind + " field");
    }

    private static void whatIsSignedVerifies(byte[] input) throws IOException {
        SigningIdentity identity = new SigningIdentity(
                "football.example.com",
                "brisbane",
                SigningAlgorithm.ED25519_SHA256,
                KEYS.parse(SigningAlgorithm.ED25519_SHA256, PKCS8),
                SigningOptions.USUAL);
        SigningResult result = new DkimSigner(KEYS).sign(RawMessage.of(input), List.of(identity), NOW);
        if (result instanceof Signed signed) {
            byte[] mail = Arrays.copyOf(signed.fields(), signed.fields().length + input.length);
            System.arraycopy(input, 0, mail, signed.fields().length, input.length);
            Verdict verdict =
                    new DkimVerifier(KEYS, DNS).verify(RawMessage.of(mail), NOW).get(0);
            require(verdict.passed(), "what is signed verifies");
        }
    }

    private static void readsAnyRecord(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        if (DkimKeyRecord.parse(text) instanceof DkimKeyRecord record) {
            require(record.isRevoked() == record.publicKey().isEmpty(), "a record without a key is revoked");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
