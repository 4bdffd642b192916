package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails as other projects collected them; where each comes from stands in ORIGIN.tsv beside them. */
class CorpusSampleTest {
    static Stream<String> mails() throws IOException {
        return Vectors.resource("/corpus-sample/ORIGIN.tsv").lines().skip(1).map(line -> line.split("\t")[0]);
    }

    @ParameterizedTest
    @MethodSource("mails")
    void signsRealMailForEveryVerifier(String file) throws IOException, GeneralSecurityException {
        String mail = Vectors.withCrlf(Vectors.resource("/corpus-sample/" + file));
        String whole = mail.contains("\r\n\r\n") ? mail : mail + "\r\n"; // The slow reading wants a blank line.
        for (Canonicalization header : Canonicalization.values()) {
            for (Canonicalization body : Canonicalization.values()) {
                SigningOptions options =
                        new SigningOptions(header, body, SignedFields.USUAL, Optional.empty(), Optional.empty());
                String rsa = TestSigner.sign(mail, TestSigner.rsa(options));
                String both = rsa + TestSigner.sign(mail, TestSigner.ed25519(options));

                assertThat(verdicts(both + mail)).containsExactly(Kind.PASS, Kind.PASS);
                assertThat(SlowVerifier.accepts(
                                rsa + whole,
                                TestSigner.pair(SigningAlgorithm.RSA_SHA256).getPublic()))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void jdkimAgreesWhereItIsRight(String file) throws IOException {
        String mail = Vectors.withCrlf(Vectors.resource("/corpus-sample/" + file));
        String foreign =
                mail.replaceAll("(?i)(?m)^DKIM-Signature:", "X-Old-Signature:"); // It would look for their keys.
        String[] parts = foreign.split("\r\n\r\n", 2);
        boolean asciiHeader = parts[0].chars().allMatch(c -> c < 0x80);
        boolean hasBody = parts.length == 2 && !parts[1].isBlank();

        // jDKIM reads a header in the platform's charset, and hashes an empty relaxed body as CRLF (RFC 6376 §3.4.4
        // says nothing).
        if (asciiHeader && hasBody) {
            assertThat(TestSigner.jdkimAccepts(TestSigner.signed(foreign) + foreign))
                    .isTrue();
        }
    }

    private static List<Kind> verdicts(String mail) {
        return TestSigner.verify(mail).subList(0, 2);
    }
}
