package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.rsa;
import static io.sealpost.dkim.TestSigner.sign;
import static io.sealpost.dkim.TestSigner.signed;
import static io.sealpost.dkim.TestSigner.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.KeyRecords.Answer;
import io.sealpost.dkim.Verdict.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records a signature may be verified with. */
class KeySelectionTest {
    private static final String MAIL = "From: Anna <anna@office.example>\r\nSubject: Hello\r\n\r\nHi Bert\r\n";
    private static final String RSA_RECORD = TestSigner.record(SigningAlgorithm.RSA_SHA256);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; p= | KEY_REVOKED",
                "v=DKIM1; k=rsa; p=# | KEY_UNUSABLE",
                "v=DKIM1; k=rsa; p=AAAA | KEY_UNUSABLE",
                "v=DKIM1; k=rsa | KEY_UNUSABLE",
                "v=spf1 -all | KEY_UNUSABLE",
                "'' | KEY_UNUSABLE",
                "k=rsa; v=DKIM1; p=@ | KEY_UNUSABLE",
                "v=DKIM2; p=@ | KEY_UNUSABLE",
                "v=DKIM1; k=ed25519; p=@ | KEY_UNUSABLE",
                "v=DKIM1; h=sha1; p=@ | KEY_UNUSABLE",
                "v=DKIM1; s=tlsrpt; p=@ | KEY_UNUSABLE",
                "v=DKIM1; p=@; p=@ | KEY_UNUSABLE",
                "p=@ | PASS",
                "v=DKIM1; p=@; | PASS",
                "v=DKIM1 ; k = rsa ; h = sha1 : SHA256 ; s=email ; t=s ; n=hello there ; future=x ; p = @ | PASS",
                "v=DKIM1; s=*; p=@ | PASS"
            })
    void readsTheRecord(String record, Kind expected) {
        String p = RSA_RECORD.substring(RSA_RECORD.indexOf("p=") + 2);

        assertThat(kindWith(record.replace("@", p))).isEqualTo(expected);
    }

    @Test
    void saysSoWhenThereIsNoRecordOrMoreThanOneOrNobodyCanTell() {
        String mail = signed(MAIL) + MAIL;

        assertThat(verify(mail, name -> new Answer.Records(List.of())))
                .extracting(Verdict::kind)
                .containsExactly(Kind.NO_KEY);
        assertThat(verify(mail, name -> new Answer.Records(List.of(RSA_RECORD, RSA_RECORD))))
                .extracting(Verdict::kind)
                .containsExactly(Kind.KEY_UNUSABLE);
        assertThat(verify(mail, name -> new Answer.Unavailable("SERVFAIL")))
                .containsExactly(new Verdict(
                        Kind.KEY_UNAVAILABLE, Optional.of(new KeyName("office.example", "s1")), "SERVFAIL"));
    }

    @Test
    void marksKeysThatAreTestsAndAnotherDomainsKey() throws IOException {
        String other = Vectors.text("keys.tsv")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split("\t")[1];

        assertThat(verify(signed(MAIL) + MAIL, name -> new Answer.Records(List.of(RSA_RECORD + "; t=y"))))
                .allMatch(Verdict::passed)
                .extracting(Verdict::detail)
                .containsExactly("t=y of the record: the domain is only trying DKIM");
        assertThat(kindWith(other)).isEqualTo(Kind.SIGNATURE_MISMATCH);
    }

    @Test
    void takesNoWeakKeyAndNoEndlessOne() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(768);
        byte[] weak = generator.generateKeyPair().getPublic().getEncoded();

        assertThat(kindWith("v=DKIM1; p=" + base64(weak))).isEqualTo(Kind.WEAK_KEY);
        assertThat(kindWith("v=DKIM1; p=" + base64(endlessKey()))).isEqualTo(Kind.KEY_UNUSABLE);
    }

    @Test
    void takesAKeyWithoutItsEnvelope() throws IOException {
        byte[] spki = TestSigner.pair(SigningAlgorithm.RSA_SHA256).getPublic().getEncoded();
        byte[] bare = SubjectPublicKeyInfo.getInstance(spki).parsePublicKey().getEncoded();

        assertThat(kindWith("v=DKIM1; p=" + base64(bare))).isEqualTo(Kind.PASS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 44})
    void takesAnEd25519KeyOf32BytesOnly(int size) {
        String mail = sign(MAIL, TestSigner.ed25519(SigningOptions.USUAL)) + MAIL;
        String record = "v=DKIM1; k=ed25519; p=" + base64(new byte[size]);

        assertThat(verify(mail, name -> new Answer.Records(List.of(record))))
                .extracting(Verdict::kind)
                .containsExactly(size == 0 ? Kind.KEY_REVOKED : Kind.KEY_UNUSABLE);
    }

    @Test
    void neverThrowsAtAnEd25519KeyThatIsNoPoint() {
        String mail = sign(MAIL, TestSigner.ed25519(SigningOptions.USUAL)) + MAIL;
        for (int b = 0; b < 256; b++) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) b);
            String record = "v=DKIM1; k=ed25519; p=" + base64(key);

            assertThat(verify(mail, name -> new Answer.Records(List.of(record)))
                            .get(0)
                            .kind())
                    .isIn(Kind.KEY_UNUSABLE, Kind.SIGNATURE_MISMATCH);
        }
    }

    @Test
    void letsAStrictKeySignForItsOwnDomainOnly() {
        SigningOptions below = new SigningOptions(
                Canonicalization.RELAXED,
                Canonicalization.RELAXED,
                SignedFields.USUAL,
                Optional.empty(),
                Optional.of("@sub.office.example"));
        String mail = sign(MAIL, rsa(below)) + MAIL;

        assertThat(verify(mail)).containsExactly(Kind.PASS);
        assertThat(verify(mail, name -> new Answer.Records(List.of(RSA_RECORD + "; t=s"))))
                .extracting(Verdict::kind)
                .containsExactly(Kind.KEY_UNUSABLE);
    }

    private static Kind kindWith(String record) {
        List<Verdict> verdicts = verify(signed(MAIL) + MAIL, name -> new Answer.Records(List.of(record)));
        assertThat(verdicts).hasSize(1);
        return verdicts.get(0).kind();
    }

    private static byte[] endlessKey() throws IOException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(15_999).add(BigInteger.ONE);
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        return new SubjectPublicKeyInfo(rsa, new RSAPublicKey(modulus, BigInteger.valueOf(65_537))).getEncoded();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
