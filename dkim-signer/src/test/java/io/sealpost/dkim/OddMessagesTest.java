package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.SigningResult.Signed;
import io.sealpost.dkim.SigningResult.Unsignable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is decided of each odd kind of message, as docs/limits.md says: signed as it stands, or refused with one sentence. */
class OddMessagesTest {
    private static final String FROM = "From: a@office.example\r\n";
    private static final String MAIL = FROM + "Subject: x\r\n\r\nbody\r\n";

    /** Mails that are signed byte for byte. */
    static Map<String, String> signed() {
        Map<String, String> mails = new TreeMap<>();
        mails.put("a line over 998 bytes in the body", MAIL + "z".repeat(5000) + "\r\n");
        mails.put("a line over 998 bytes in the header", "Subject: " + "z".repeat(5000) + "\r\n" + FROM + "\r\nb\r\n");
        mails.put("a header line of a megabyte", "To: " + "x ".repeat(1 << 19) + "\r\n" + FROM + "\r\nb\r\n");
        mails.put("a single-use field twice", "Subject: one\r\nDate: one\r\nDate: two\r\n" + MAIL);
        mails.put("no blank line", FROM + "Subject: x\r\n");
        mails.put("no blank line and no line end", FROM + "Subject: x");
        mails.put("no body", FROM + "\r\n");
        mails.put("a body of white space only", FROM + "\r\n \t\r\n\r\n   ");
        mails.put("a body without a line end", FROM + "\r\nbody");
        mails.put("a field without a value", "Subject:\r\nTo: \r\n\t\r\n" + FROM + "\r\nbody\r\n");
        mails.put("a folded line of white space only", "Subject: x\r\n \r\n y\r\n" + FROM + "\r\nbody\r\n");
        mails.put("a name with blanks before its colon", "Subject \t: x\r\n" + FROM + "\r\nbody\r\n");
        mails.put("five thousand fields", fields(5000) + MAIL);
        mails.put("five thousand signed fields", "References: <a@x.example>\r\n".repeat(5000) + MAIL);
        for (String charset : List.of("UTF-8", "ISO-8859-1", "windows-1251", "ISO-2022-JP", "Shift_JIS", "GB18030")) {
            byte[] text = "caf\u00e9 \u0416\u0443\u043a \u65e5\u672c\u8a9e".getBytes(Charset.forName(charset));
            String raw = new String(text, StandardCharsets.ISO_8859_1);
            mails.put("bytes of " + charset, "Subject: " + raw + "\r\n" + FROM + "\r\n" + raw + "\r\n");
        }
        return mails;
    }

    static Stream<String> signedKinds() {
        return signed().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("signedKinds")
    void signsForEveryVerifier(String kind) throws GeneralSecurityException, IOException {
        String mail = signed().get(kind);
        PublicKey key = TestSigner.pair(SigningAlgorithm.RSA_SHA256).getPublic();
        for (Canonicalization way : Canonicalization.values()) {
            SigningOptions usual = SigningOptions.USUAL;
            SigningIdentity identity =
                    TestSigner.rsa(new SigningOptions(way, way, usual.fields(), usual.lifetime(), usual.identity()));
            String delivered = TestSigner.sign(mail, identity) + mail;
            String whole =
                    mail.contains("\r\n\r\n") ? delivered : delivered + (mail.endsWith("\r\n") ? "\r\n" : "\r\n\r\n");

            assertThat(TestSigner.verify(delivered)).containsExactly(Verdict.Kind.PASS);
            assertThat(TestSigner.verify(whole)).containsExactly(Verdict.Kind.PASS); // As SMTP ends a line.
            assertThat(SlowVerifier.accepts(whole, key)).isTrue();
        }
    }

    /** Mails that nobody would read alike. */
    enum Refused {
        NO_COLON(FROM + "no colon here\r\n\r\nbody\r\n", "neither a field nor"),
        NO_NAME(FROM + ": x\r\n\r\nbody\r\n", "neither a field nor"),
        STARTS_WITH_A_BLANK(" folded\r\n" + MAIL, "neither a field nor"),
        EIGHT_BIT_NAME("caf\u00e9: x\r\n" + MAIL, "neither a field nor"),
        MBOX_LINE("From a@office.example Tue Nov 24\r\n" + MAIL, "neither a field nor"),
        NO_FROM("Subject: x\r\n\r\nbody\r\n", "no From"),
        NO_HEADER("\r\n" + MAIL, "no From"),
        NOTHING("", "no From"),
        LINE_END_ONLY("\r\n", "no From"),
        WHITE_SPACE_ONLY(" \t\r\n \r\n\r\n", "no From"),
        TEXT_ONLY("Hello, this is no mail\r\n", "no From");

        private final String mail;
        private final String reason;

        Refused(String mail, String reason) {
            this.mail = mail;
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsReadInMoreThanOneWay(Refused kind) throws IOException {
        RawMessage message = RawMessage.of(TestSigner.bytes(kind.mail));
        SigningResult result =
                new DkimSigner(TestSigner.KEYS).sign(message, List.of(TestSigner.rsa(SigningOptions.USUAL)), NOW);

        assertThat(result).isInstanceOf(Unsignable.class).isNotInstanceOf(Signed.class);
        assertThat(((Unsignable) result).reason()).contains(kind.reason);
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "X-Filler-" + i + ": y\r\n")
                .collect(Collectors.joining());
    }
}
