package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.NOW;
import static io.sealpost.dkim.TestSigner.records;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DkimVerifierTest {
    private static final String MAIL = "From: Anna <anna@office.example>\r\nTo: bert@shop.example\r\nSubject: Hello\r\n"
            + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n\r\nHi Bert,\r\n\r\nbye\r\n";
    private static final String RSA_RECORD = TestSigner.record(SigningAlgorithm.RSA_SHA256);

    @Test
    void acceptsBothSignaturesOfTheRfc() throws IOException {
        Map<String, List<String>> zone = Vectors.text("keys.tsv")
                .lines()
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(cells -> cells[0], cells -> List.of(cells[1])));
        KeyRecords dns = name -> new Answer.Records(zone.getOrDefault(name, List.of()));
        RawMessage message = RawMessage.of(Vectors.bytes("rfc8463.eml"));

        assertThat(new DkimVerifier(TestSigner.KEYS, dns).verify(message, NOW))
                .containsExactly(
                        new Verdict(Kind.PASS, Optional.of(new KeyName("football.example.com", "brisbane")), ""),
                        new Verdict(Kind.PASS, Optional.of(new KeyName("football.example.com", "test")), ""));
        assertThat(new DkimVerifier(SigningKeys.plain(), dns).verify(message, NOW))
                .allMatch(Verdict::passed)
                .hasSize(2);
    }

    @Test
    void saysNothingOfAMessageWithoutASignature() {
        assertThat(verify(MAIL)).isEmpty();
    }

    @Test
    void judgesEachSignatureByItself() {
        String two = sign(MAIL, rsa(SigningOptions.USUAL), TestSigner.ed25519(SigningOptions.USUAL));

        assertThat(verify(two + MAIL)).containsExactly(Kind.PASS, Kind.PASS);
        assertThat(verify(two + "DKIM-Signature: nonsense\r\n" + MAIL))
                .containsExactly(Kind.PASS, Kind.PASS, Kind.MALFORMED_SIGNATURE);
        assertThat(verify(two.replace("s=e1", "s=e2") + MAIL)).containsExactly(Kind.PASS, Kind.NO_KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "bye, by, BODY_HASH_MISMATCH",
        "Hi Bert, Hi  Bertie, BODY_HASH_MISMATCH",
        "Subject: Hello, Subject: Help, SIGNATURE_MISMATCH",
        "<anna@, <mallory@, SIGNATURE_MISMATCH",
        "To: bert, Cc: bert, SIGNATURE_MISMATCH",
        "12:00:00, 12:00:01, SIGNATURE_MISMATCH",
        "Hi Bert, Hi \t Bert, PASS",
        "Subject: Hello, SUBJECT:   Hello, PASS"
    })
    void seesWhatWasChanged(String before, String after, Kind expected) {
        assertThat(verify(signed(MAIL) + MAIL.replace(before, after))).containsExactly(expected);
    }

    @Test
    void seesAChangedSignature() {
        String field = signed(MAIL);
        int b = field.lastIndexOf("b=") + 2;
        String other = field.charAt(b) == 'A' ? "B" : "A";

        assertThat(verify(field.substring(0, b) + other + field.substring(b + 1) + MAIL))
                .containsExactly(Kind.SIGNATURE_MISMATCH);
        assertThat(verify(field.substring(0, b) + "AAAA\r\n" + MAIL)).containsExactly(Kind.SIGNATURE_MISMATCH);
        assertThat(verify(field.replace("t=1767355200", "t=1767355201") + MAIL))
                .containsExactly(Kind.SIGNATURE_MISMATCH);
    }

    @Test
    void takesASignatureUntilItExpires() throws IOException {
        SigningOptions aWeek = new SigningOptions(
                Canonicalization.RELAXED,
                Canonicalization.RELAXED,
                SignedFields.USUAL,
                Optional.of(Duration.ofDays(7)),
                Optional.empty());
        RawMessage message = RawMessage.of(TestSigner.bytes(sign(MAIL, rsa(aWeek)) + MAIL));

        assertThat(kinds(message, NOW.plus(Duration.ofDays(7)))).containsExactly(Kind.PASS);
        assertThat(kinds(message, NOW.plus(Duration.ofDays(7)).plusSeconds(1))).containsExactly(Kind.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=1; | '' | MALFORMED_SIGNATURE",
                "v=1; | v=2; | UNSUPPORTED",
                "a=rsa-sha256; | a=rsa-sha1; | UNSUPPORTED",
                "a=rsa-sha256; | a=rsa-sha256; q=other; | UNSUPPORTED",
                "d=office.example; | d=shop.example; | NO_KEY",
                "d=office.example; | d=..; | MALFORMED_SIGNATURE",
                "d=office.example; | d=office.example; i=@example; | MALFORMED_SIGNATURE",
                "d=office.example; | d=office.example; i=@notoffice.example; | MALFORMED_SIGNATURE",
                "d=office.example; | d=office.example; d=office.example; | MALFORMED_SIGNATURE",
                "s=s1; | s=; | MALFORMED_SIGNATURE",
                "c=relaxed/relaxed; | c=relaxed/nowsp; | MALFORMED_SIGNATURE",
                "c=relaxed/relaxed; | c=relaxed/relaxed/simple; | MALFORMED_SIGNATURE",
                "c=relaxed/relaxed; | '' | SIGNATURE_MISMATCH",
                "h=from:from: | h= | MALFORMED_SIGNATURE",
                "t=1767355200; | t=yesterday; | MALFORMED_SIGNATURE",
                "t=1767355200; | t=1767355200; x=1767355200; | MALFORMED_SIGNATURE",
                "t=1767355200; | t=1767355200; l=-1; | MALFORMED_SIGNATURE",
                "t=1767355200; | t=1767355200; l=5; | BODY_HASH_MISMATCH",
                "t=1767355200; | t=1767355200; l=99999; | BODY_HASH_MISMATCH",
                "bh= | bh=AA | MALFORMED_SIGNATURE",
                "bh= | bh=* | MALFORMED_SIGNATURE",
                " b= | b=*; z= | MALFORMED_SIGNATURE"
            })
    void saysWhatIsWrongWithTheField(String before, String after, Kind expected) {
        String field = signed(MAIL);
        assertThat(field).contains(before);

        assertThat(verify(field.replace(before, after) + MAIL)).containsExactly(expected);
    }

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
    void marksKeysThatAreTestsAndAnotherDomainsKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String other = base64(generator.generateKeyPair().getPublic().getEncoded());

        assertThat(verify(signed(MAIL) + MAIL, name -> new Answer.Records(List.of(RSA_RECORD + "; t=y"))))
                .allMatch(Verdict::passed)
                .extracting(Verdict::detail)
                .containsExactly("t=y of the record: the domain is only trying DKIM");
        assertThat(kindWith("v=DKIM1; p=" + other)).isEqualTo(Kind.SIGNATURE_MISMATCH);
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

    @Test
    void looksAtTenSignaturesAtMost() {
        String mail = signed(MAIL).repeat(12) + MAIL;

        assertThat(verify(mail).subList(0, 10)).containsOnly(Kind.PASS);
        assertThat(verify(mail).subList(10, 12)).containsOnly(Kind.UNCHECKED);
    }

    @Test
    void readsNoBodyForASignatureThatCannotPass() throws IOException {
        byte[] header = TestSigner.bytes(signed(MAIL) + MAIL.substring(0, MAIL.indexOf("\r\n\r\n") + 2));
        RawMessage message = RawMessage.of(header, () -> {
            throw new AssertionError("the body was opened");
        });

        assertThat(new DkimVerifier(TestSigner.KEYS, name -> new Answer.Records(List.of())).verify(message, NOW))
                .extracting(Verdict::kind)
                .containsExactly(Kind.NO_KEY);
    }

    private static List<Kind> kinds(RawMessage message, Instant now) throws IOException {
        return new DkimVerifier(TestSigner.KEYS, records())
                .verify(message, now).stream().map(Verdict::kind).toList();
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
