package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict.Kind;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the mail: what we sign holds, for our verifier and for a slow reading of the RFCs; what was touched does not. */
class SignAndVerifyProperties {
    @Property(tries = 150)
    void whatIsSignedVerifies(
            @ForAll("mails") String mail, @ForAll Canonicalization header, @ForAll Canonicalization body)
            throws GeneralSecurityException {
        SigningOptions options =
                new SigningOptions(header, body, SignedFields.USUAL, Optional.empty(), Optional.empty());
        String rsa = TestSigner.sign(mail, TestSigner.rsa(options)) + mail;
        String ed25519 = TestSigner.sign(mail, TestSigner.ed25519(options)) + mail;

        assertThat(TestSigner.verify(rsa)).containsExactly(Kind.PASS);
        assertThat(TestSigner.verify(ed25519)).containsExactly(Kind.PASS);
        assertThat(SlowVerifier.accepts(rsa, jdkKey(SigningAlgorithm.RSA_SHA256)))
                .isTrue();
        assertThat(SlowVerifier.accepts(ed25519, jdkKey(SigningAlgorithm.ED25519_SHA256)))
                .isTrue();
    }

    @Property(tries = 150)
    void whatWasChangedBehindTheSignatureFails(@ForAll("mails") String mail, @ForAll @IntRange(max = 100) int where) {
        String bodyMark = "\r\n\r\n";
        int start = mail.indexOf(bodyMark) + bodyMark.length();
        int at = start + (mail.length() - start) * where / 100;
        String changed = mail.substring(0, at) + "#" + mail.substring(at);

        assertThat(TestSigner.verify(TestSigner.sign(mail, TestSigner.ed25519(SigningOptions.USUAL)) + changed))
                .containsExactly(Kind.BODY_HASH_MISMATCH);
    }

    @Property(tries = 150)
    void aSecondOfWhatIsOversignedFails(
            @ForAll("mails") String mail, @ForAll("oversigned") String name, @ForAll("values") String value) {
        String field = TestSigner.sign(mail, TestSigner.ed25519(SigningOptions.USUAL));

        assertThat(TestSigner.verify(field + name + ":" + value + "\r\n" + mail))
                .containsExactly(Kind.SIGNATURE_MISMATCH);
    }

    @Property(tries = 1000)
    void splitPointsOfTheBodyDoNotMatter(
            @ForAll("bodies") String body,
            @ForAll Canonicalization kind,
            @ForAll List<@IntRange(min = 1, max = 9) Integer> sizes) {
        byte[] bytes = TestSigner.bytes(body);
        BodyCanonicalizer whole = kind.body(DkimSigner.sha256());
        whole.update(bytes, 0, bytes.length);
        BodyCanonicalizer parts = kind.body(DkimSigner.sha256());
        int at = 0;
        for (int size : sizes) {
            int end = Math.min(bytes.length, at + size);
            parts.update(bytes, at, end);
            at = end;
        }
        parts.update(bytes, at, bytes.length);

        assertThat(parts.finish()).isEqualTo(whole.finish());
    }

    @Provide
    Arbitrary<String> mails() {
        Arbitrary<String> names = Arbitraries.of(
                "To",
                "TO",
                "Cc",
                "Subject",
                "subject",
                "Reply-To",
                "Date",
                "References",
                "Received",
                "X-Other",
                "List-Id",
                "List-Unsubscribe-Post",
                "DKIM-Signature",
                "Content-Type ");
        Arbitrary<String> field = Combinators.combine(names, values()).as((name, value) -> name + ":" + value + "\r\n");
        Arbitrary<String> fields = field.list().ofMaxSize(12).map(list -> String.join("", list));
        return Combinators.combine(fields, values(), fields, bodies())
                .as((above, from, below, body) -> above.replace("DKIM-Signature", "X-Old") + "From:" + from + "\r\n"
                        + below.replace("DKIM-Signature", "X-Old") + "\r\n" + body);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                        "a",
                        " ",
                        "\t",
                        "\r\n ",
                        "\r\n\t",
                        ":",
                        ";",
                        "b=",
                        "\u00e9\u00ff",
                        "\u0080",
                        "<x@y.example>",
                        "\u00a0",
                        "\u0085")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of(
                        "a",
                        " ",
                        "\t",
                        "\r\n",
                        "\r\n\r\n",
                        ".",
                        "\u00e9",
                        "\u0085",
                        "two words",
                        "\r\n \r\n",
                        "x".repeat(300))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> oversigned() {
        return Arbitraries.of("From", "from", "To", "Cc", "Subject", "Reply-To", "REPLY-TO");
    }

    static PublicKey jdkKey(SigningAlgorithm algorithm) throws GeneralSecurityException {
        byte[] spki = TestSigner.pair(algorithm).getPublic().getEncoded();
        return KeyFactory.getInstance(algorithm == SigningAlgorithm.RSA_SHA256 ? "RSA" : "Ed25519")
                .generatePublic(new X509EncodedKeySpec(spki));
    }
}
