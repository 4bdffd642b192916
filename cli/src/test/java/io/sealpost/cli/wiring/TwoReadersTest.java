package io.sealpost.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.DkimSigner;
import io.sealpost.dkim.DkimVerifier;
import io.sealpost.dkim.KeyRecords;
import io.sealpost.dkim.RawMessage;
import io.sealpost.dkim.SigningAlgorithm;
import io.sealpost.dkim.SigningIdentity;
import io.sealpost.dkim.SigningKeys;
import io.sealpost.dkim.SigningOptions;
import io.sealpost.dkim.SigningResult;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.KeyState;
import io.sealpost.keys.Observation;
import io.sealpost.keys.ObservedRecords;
import io.sealpost.mail.MailDomain;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Key records are read twice, by the key store for whoever publishes them and by the verifier for whoever receives mail, since neither
 * module knows the other. What the one lets a key be activated with, the other must take a signature by, and no other record.
 */
class TwoReadersTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final byte[] MESSAGE = "From: anna@office.test\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);

    private static DkimKey key;
    private static byte[] signed;

    @BeforeAll
    static void sign() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        String half = Base64.getEncoder().encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
        key = new DkimKey(
                1, MailDomain.parse("office.test"), "s", KeyAlgorithm.ED25519, 256, KeyState.PENDING, half, NOW, NOW);
        SigningIdentity identity = new SigningIdentity(
                "office.test", "s", SigningAlgorithm.ED25519_SHA256, pair.getPrivate(), SigningOptions.USUAL);
        SigningResult result =
                new DkimSigner(SigningKeys.choose()).sign(RawMessage.of(MESSAGE), List.of(identity), NOW);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(((SigningResult.Signed) result).fields());
        whole.writeBytes(MESSAGE);
        signed = whole.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=DKIM1; k=ed25519; p=HALF",
                "v=DKIM1;k=ed25519;p=HALF;",
                "k=ed25519; p=HALF",
                " v = DKIM1 ; k = ed25519 ; p = HALF ",
                "v=dkim1; k=ed25519; p=HALF",
                "v=DKIM2; k=ed25519; p=HALF",
                "k=ed25519; v=DKIM1; p=HALF",
                "v=DKIM1; p=HALF",
                "v=DKIM1; k=rsa; p=HALF",
                "v=DKIM1; k=ed25519; p=",
                "v=DKIM1; k=ed25519",
                "v=DKIM1; k=ed25519; p=HALF; p=HALF",
                "v=DKIM1; k=ed25519; p=HALFAAAA",
                "v=DKIM1; k=ed25519; h=sha1; p=HALF",
                "v=DKIM1; k=ed25519; h=sha1:sha256; p=HALF",
                "v=DKIM1; k=ed25519; s=email; p=HALF",
                "v=DKIM1; k=ed25519; s=*; p=HALF",
                "v=DKIM1; k=ed25519; s=tlsrpt; p=HALF",
                "v=DKIM1; k=ed25519; t=y; p=HALF",
                "v=DKIM1; k=ed25519; t=s; p=HALF",
                "v=DKIM1; k=ed25519; n=what the owner says; p=HALF",
                "v=DKIM1; k=ed25519; x-more=1; p=HALF",
                "\"v=DKIM1; k=ed25519; p=HALF\"",
                "v=DKIM1\\; k=ed25519\\; p=HALF",
                "v=spf1 -all",
                ""
            })
    void agreeOnEveryRecord(String pattern) throws Exception {
        assertThat(activates(pattern)).isEqualTo(verifies(pattern));
    }

    /** Words are case-sensitive (RFC 6376 §3.2): some verifiers do not take these, ours does, and no key is activated by them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=DKIM1; k=ED25519; p=HALF",
                "v=DKIM1; k=ed25519; h=SHA256; p=HALF",
                "v=DKIM1; k=ed25519; s=EMAIL; p=HALF"
            })
    void whoPublishesIsHeldToMoreThanWhoReceives(String pattern) throws Exception {
        assertThat(activates(pattern)).isFalse();
        assertThat(verifies(pattern)).isTrue();
    }

    private static boolean activates(String pattern) {
        Observation.Records records = new Observation.Records(List.of(record(pattern)));
        Observation seen = new Observation("resolver", Observation.Role.RESOLVER, records);
        return new ObservedRecords(List.of(seen)).objectionsTo(key).isEmpty();
    }

    private static boolean verifies(String pattern) throws Exception {
        KeyRecords published = name -> new KeyRecords.Answer.Records(List.of(record(pattern)));
        return new DkimVerifier(SigningKeys.choose(), published)
                .verify(RawMessage.of(signed), NOW)
                .get(0)
                .passed();
    }

    private static String record(String pattern) {
        return pattern.replace("HALF", key.publicHalf());
    }
}
