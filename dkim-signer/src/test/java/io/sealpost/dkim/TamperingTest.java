package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict.Kind;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No byte that a signature covers can be changed, added or taken away unseen; what may change is what the RFC folds. */
class TamperingTest {
    private static final String MAIL =
            "From: Anna  Amsel <anna@office.example>\r\nTO :\tbert@shop.example,\r\n\t otto@shop.example\r\n"
                    + "Subject: Hello\r\nDate: Tue, 24 Nov 2026 12:00:00 +0000\r\nX-Other: is not signed\r\n"
                    + "\r\nHi  Bert, \r\n\r\n\tbye\r\n\r\n";

    @ParameterizedTest
    @EnumSource
    void seesEveryChangeThatASlowReadingOfTheRfcSees(Canonicalization kind) throws GeneralSecurityException {
        SigningOptions options = SigningOptions.USUAL;
        SigningIdentity identity = TestSigner.ed25519(
                new SigningOptions(kind, kind, options.fields(), options.lifetime(), options.identity()));
        String field = TestSigner.sign(MAIL, identity);
        PublicKey key = SignAndVerifyProperties.jdkKey(identity.algorithm());
        int passed = 0;
        for (int at = 0; at < MAIL.length(); at++) {
            for (String now : new String[] {"", "#", "\t", MAIL.charAt(at) + "" + MAIL.charAt(at)}) {
                String changed = MAIL.substring(0, at) + now + MAIL.substring(at + 1);
                if (changed.contains("\r\n\r\n") && isOfFieldsOnly(changed)) {
                    boolean accepted = TestSigner.verify(field + changed).get(0) == Kind.PASS;

                    assertThat(accepted)
                            .as("%d: %s", at, changed)
                            .isEqualTo(SlowVerifier.accepts(field + changed, key));
                    passed += accepted ? 1 : 0;
                }
            }
        }
        assertThat(passed)
                .isBetween(20, MAIL.length() * 2); // Both answers occur: X-Other, blanks, empty lines at the end.
    }

    @ParameterizedTest
    @EnumSource
    void seesEveryChangeOfTheFieldItself(Canonicalization kind) {
        SigningIdentity identity = TestSigner.ed25519(new SigningOptions(
                kind, kind, SignedFields.USUAL, SigningOptions.USUAL.lifetime(), SigningOptions.USUAL.identity()));
        String field = TestSigner.sign(MAIL, identity);
        int value = field.indexOf("b=", field.indexOf("bh=") + 3) + 2;
        for (int at = "DKIM-Signature:".length(); at < field.length() - 2; at++) {
            boolean spareBits = field.charAt(at + 1) == '=' && at > value; // The last letter carries bits of no byte.
            if (!Character.isWhitespace(field.charAt(at)) && !spareBits) {
                String changed = field.substring(0, at) + (char) (field.charAt(at) ^ 1) + field.substring(at + 1);

                assertThat(TestSigner.verify(changed + MAIL).get(0)).as(changed).isNotEqualTo(Kind.PASS);
            }
        }
    }

    /** A header that nobody signs, or that goes on with the field in front of it, is another test's. */
    private static boolean isOfFieldsOnly(String mail) {
        return RawMessage.of(TestSigner.bytes(mail)).malformedLine() < 0;
    }
}
