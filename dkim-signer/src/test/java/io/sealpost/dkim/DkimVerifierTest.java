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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimVerifierTest {
    private static final String MAIL = "From: Anna <anna@office.example>\r\nTo: bert@shop.example\r\nSubject: Hello\r\n"
            + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\n\r\nHi Bert,\r\n\r\nbye\r\n";

    @Test
    void acceptsBothSignaturesOfTheRfc() throws IOException {
        KeyRecords dns = Vectors.records();
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
    void acceptsTheSignatureOfRfc6376AndNoByteOfItsHeaderOrBodyChanged() throws IOException {
        byte[] mail = Vectors.bytes("rfc6376.eml");
        DkimVerifier verifier = new DkimVerifier(TestSigner.KEYS, Vectors.records());
        int firstSigned = new String(mail, StandardCharsets.ISO_8859_1).indexOf("Received:");

        assertThat(verifier.verify(RawMessage.of(mail), NOW))
                .containsExactly(new Verdict(Kind.PASS, Optional.of(new KeyName("example.com", "brisbane")), ""));
        for (int at = firstSigned; at < mail.length; at++) {
            mail[at] ^= 1;
            assertThat(verifier.verify(RawMessage.of(mail), NOW))
                    .as("byte %d", at)
                    .extracting(Verdict::kind)
                    .isSubsetOf(Kind.BODY_HASH_MISMATCH, Kind.SIGNATURE_MISMATCH, Kind.MALFORMED_MESSAGE);
            mail[at] ^= 1;
        }
    }

    @Test
    void takesASignatureFromAClockThatIsAheadButNotOneFromTomorrow() throws IOException {
        RawMessage message = RawMessage.of(TestSigner.bytes(signed(MAIL) + MAIL));

        assertThat(kinds(message, NOW.minus(Duration.ofMinutes(5)))).containsExactly(Kind.PASS);
        assertThat(kinds(message, NOW.minus(Duration.ofMinutes(5)).minusSeconds(1)))
                .containsExactly(Kind.SIGNED_IN_THE_FUTURE);
    }

    @Test
    void asksForAKeyOnce() {
        List<String> asked = new ArrayList<>();
        String field = signed(MAIL);

        assertThat(verify(field + field + field + MAIL, name -> {
                    asked.add(name);
                    return records().txt(name);
                }))
                .hasSize(3)
                .allMatch(Verdict::passed);
        assertThat(asked).containsExactly("s1._domainkey.office.example");
    }

    @Test
    void asksForNoNameThatTheDnsDoesNotTake() {
        String selector = ("s".repeat(60) + ".").repeat(3) + "s";
        String field = signed(MAIL)
                .replace("d=office.example", "d=" + ("d".repeat(60) + ".").repeat(3) + "example")
                .replace("s=s1", "s=" + selector);

        assertThat(verify(field + MAIL, name -> {
                    throw new AssertionError("asked for " + name);
                }))
                .extracting(Verdict::kind)
                .containsExactly(Kind.MALFORMED_SIGNATURE);
    }

    @Test
    void letsASignatureCoverOthersButNeverItself() throws GeneralSecurityException {
        String other = "DKIM-Signature: v=1; d=else.example\r\n";
        SigningIdentity identity = rsa(SigningOptions.USUAL);
        String unsigned = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=office.example; s=s1;\r\n"
                + " h=from:dkim-signature:dkim-signature; bh=" + tag(signed(MAIL), "bh") + "; b=";
        RawMessage message = RawMessage.of(TestSigner.bytes(other + MAIL));
        List<HeaderField> chosen = new ArrayList<>(message.bottomUp(SignedFields.bytes("from")));
        chosen.addAll(message.bottomUp(SignedFields.bytes("dkim-signature")));
        byte[] signature =
                new DkimSigner(TestSigner.KEYS).signature(message, identity, chosen, TestSigner.bytes(unsigned));
        String field = unsigned + Base64.getEncoder().encodeToString(signature) + "\r\n";

        assertThat(verify(field + other + MAIL)).containsExactly(Kind.PASS, Kind.MALFORMED_SIGNATURE);
        assertThat(verify(field + MAIL)).containsExactly(Kind.SIGNATURE_MISMATCH);
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

    private static String tag(String field, String name) {
        Matcher tag = Pattern.compile("[ \\n]" + name + "=([^;]+);").matcher(field);
        assertThat(tag.find()).isTrue();
        return tag.group(1);
    }

    private static List<Kind> kinds(RawMessage message, Instant now) throws IOException {
        return new DkimVerifier(TestSigner.KEYS, records())
                .verify(message, now).stream().map(Verdict::kind).toList();
    }
}
