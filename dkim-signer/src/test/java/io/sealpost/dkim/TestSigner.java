package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;

/** A domain with an RSA and an Ed25519 key, its DNS, and the ways to sign and verify that the tests share. */
final class TestSigner {
    static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    static final String DOMAIN = "office.example";
    static final SigningKeys KEYS = SigningKeys.choose();

    private static final KeyPair RSA = KEYS.generate(SigningAlgorithm.RSA_SHA256, 2048);
    private static final KeyPair ED25519 = KEYS.generate(SigningAlgorithm.ED25519_SHA256, 256);

    private TestSigner() {}

    static SigningIdentity rsa(SigningOptions options) {
        return identity("s1", SigningAlgorithm.RSA_SHA256, options);
    }

    static SigningIdentity ed25519(SigningOptions options) {
        return identity("e1", SigningAlgorithm.ED25519_SHA256, options);
    }

    private static SigningIdentity identity(String selector, SigningAlgorithm algorithm, SigningOptions options) {
        byte[] pkcs8 = pair(algorithm).getPrivate().getEncoded();
        return new SigningIdentity(DOMAIN, selector, algorithm, KEYS.parse(algorithm, pkcs8), options);
    }

    static KeyPair pair(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.RSA_SHA256 ? RSA : ED25519;
    }

    static String record(SigningAlgorithm algorithm) {
        return DkimKeyRecord.of(algorithm, pair(algorithm).getPublic()).plainText();
    }

    /** What the DNS shows when all is well. */
    static KeyRecords records() {
        Map<String, String> zone = Map.of(
                "s1._domainkey.office.example", record(SigningAlgorithm.RSA_SHA256),
                "e1._domainkey.office.example", record(SigningAlgorithm.ED25519_SHA256));
        return name -> new KeyRecords.Answer.Records(zone.containsKey(name) ? List.of(zone.get(name)) : List.of());
    }

    static String signed(String mail) {
        return sign(mail, rsa(SigningOptions.USUAL));
    }

    /** The DKIM-Signature fields. */
    static String sign(String mail, SigningIdentity... identities) {
        try {
            SigningResult result = new DkimSigner(KEYS).sign(RawMessage.of(bytes(mail)), List.of(identities), NOW);
            assertThat(result).isInstanceOf(SigningResult.Signed.class);
            return new String(((SigningResult.Signed) result).fields(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Verdict.Kind> verify(String mail) {
        return verify(mail, records()).stream().map(Verdict::kind).toList();
    }

    static List<Verdict> verify(String mail, KeyRecords records) {
        return verify(mail, records, NOW);
    }

    static List<Verdict> verify(String mail, KeyRecords records, Instant now) {
        try {
            return new DkimVerifier(KEYS, records).verify(RawMessage.of(bytes(mail)), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** jDKIM's word on the RSA signatures of a mail; it reads a header in the platform's charset, so ASCII only. */
    static boolean jdkimAccepts(String mail) throws IOException {
        DKIMVerifier verifier =
                new DKIMVerifier((methods, selector, domain) -> List.of(record(SigningAlgorithm.RSA_SHA256)));
        try {
            return !verifier.verify(new ByteArrayInputStream(bytes(mail))).isEmpty();
        } catch (FailException e) {
            return false;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
