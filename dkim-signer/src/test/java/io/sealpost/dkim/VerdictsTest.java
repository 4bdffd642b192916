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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict there is, and each way to write what decides on it. */
class VerdictsTest {
    private static final String MAIL = "From: Anna <anna@office.example>\r\nSubject: Hello\r\n\r\nHi Bert\r\n";
    private static final String BLANKS = MAIL.replace("Hi Bert", "Hi  Bert \t\r\n\r\n");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PASS | '' | '' | @",
                "BODY_HASH_MISMATCH | Hi Bert | Hi Otto | @",
                "SIGNATURE_MISMATCH | Hello | Hullo | @",
                "KEY_REVOKED | '' | '' | v=DKIM1; p=",
                "NO_KEY | '' | '' | none",
                "KEY_UNAVAILABLE | '' | '' | away",
                "KEY_UNUSABLE | '' | '' | v=DKIM1; s=other; p=AAAA",
                "WEAK_KEY | '' | '' | v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMISWzYCFFMM4yuFlsVx3LOMv6ZKqKPOWnhPBBn+WFZCfiYPLnY7BqR9cR7u"
                        + "PIlO9Vh9N4XlMD+mhTNH8gADV2cCAwEAAQ==",
                "EXPIRED | t=1767355200; | t=1767355199; x=1767355201; | @",
                "SIGNED_IN_THE_FUTURE | t=1767355200; | t=1867355200; | @",
                "MALFORMED_SIGNATURE | v=1; | v=1; ; | @",
                "UNSUPPORTED | a=rsa-sha256; | a=rsa-sha512; | @"
            })
    void hasAVerdictForEachWayToFail(Kind expected, String before, String after, String record) {
        String mail =
                (signed(MAIL) + MAIL).replace(before.isEmpty() ? "Hello" : before, before.isEmpty() ? "Hello" : after);
        KeyRecords dns = name -> switch (record) {
            case "none" -> new Answer.Records(List.of());
            case "away" -> new Answer.Unavailable("SERVFAIL");
            case "@" -> records().txt(name);
            default -> new Answer.Records(List.of(record));
        };
        Instant later = NOW.plusSeconds(60);

        List<Verdict> verdicts = TestSigner.verify(mail, dns, later);

        assertThat(verdicts).extracting(Verdict::kind).containsExactly(expected);
        assertThat(verdicts.get(0).detail().isEmpty()).isEqualTo(expected == Kind.PASS);
    }

    @Test
    void aHeaderThatIsNoListOfFieldsIsNotValidated() {
        String signed = signed(MAIL) + MAIL;

        for (String line : List.of("no colon here\r\n", "From anna Tue Nov 24\r\n", ": x\r\n", "caf\u00e9: x\r\n")) {
            List<Verdict> above = TestSigner.verify(line + signed, records());
            List<Verdict> below = TestSigner.verify(signed.replace("Subject:", line + "Subject:"), records());

            assertThat(above).extracting(Verdict::kind).containsExactly(Kind.MALFORMED_MESSAGE);
            assertThat(below).extracting(Verdict::kind).containsExactly(Kind.MALFORMED_MESSAGE);
            assertThat(above.get(0).key()).map(KeyName::toString).contains("s1._domainkey.office.example");
        }
    }

    @Test
    void hasANameForPeople() {
        assertThat(Kind.BODY_HASH_MISMATCH.word()).isEqualTo("BodyHashMismatch");
        assertThat(Kind.PASS.word()).isEqualTo("Pass");
        assertThat(Kind.SIGNED_IN_THE_FUTURE.word()).isEqualTo("SignedInTheFuture");
    }

    /** Those that are signed as often as they stand may be joined by another one, unless their domain has them oversigned. */
    @Test
    void aSecondContentTypeInFrontIsSeenWhereItIsOversigned() {
        SignedFields usual = SignedFields.USUAL;
        List<String> more = Stream.concat(usual.oversigned().stream(), Stream.of("content-type"))
                .toList();
        List<String> less = usual.present().stream()
                .filter(name -> !name.equals("content-type"))
                .toList();
        SigningOptions oversigning = SigningOptions.USUAL.withFields(new SignedFields(more, less));
        String mail = "Content-Type: text/plain\r\n" + MAIL;

        assertThat(verify("Content-Type: text/html\r\n" + signed(mail) + mail)).containsExactly(Kind.PASS);
        assertThat(verify("Content-Type: text/html\r\n" + sign(mail, rsa(oversigning)) + mail))
                .containsExactly(Kind.SIGNATURE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, SIMPLE, c=simple",
        "SIMPLE, SIMPLE, c=SIMPLE/Simple",
        "SIMPLE, SIMPLE, ''",
        "RELAXED, SIMPLE, c=relaxed",
        "SIMPLE, RELAXED, c=simple/relaxed",
        "RELAXED, RELAXED, c= relaxed/relaxed "
    })
    void readsEveryWayToNameACanonicalization(Canonicalization header, Canonicalization body, String written) {
        String right = "c=" + header.tag() + "/" + body.tag() + ";";
        SigningOptions options =
                new SigningOptions(header, body, SignedFields.USUAL, Optional.empty(), Optional.empty());
        String field = sign(BLANKS, rsa(options));
        String other = field.replace(right, written.isEmpty() ? "" : written + ";");

        // The body is right whichever way it was named; only the bytes of the field itself differ.
        assertThat(field).contains(right);
        assertThat(verify(field + BLANKS)).containsExactly(Kind.PASS);
        assertThat(verify(other + BLANKS)).containsExactly(other.equals(field) ? Kind.PASS : Kind.SIGNATURE_MISMATCH);
    }
}
