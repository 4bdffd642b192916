package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.james.jdkim.DKIMVerifier;
import org.apache.james.jdkim.exceptions.FailException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSignerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
    private static final String MAIL = "From: Anna <anna@office.example>\r\nTo: bert@shop.example\r\nSubject: Hello\r\n"
            + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\nReceived: from x\r\n\r\nHi Bert,\r\n\r\nbye\r\n";

    private static final SigningKeys KEYS = SigningKeys.choose();
    private static final DkimSigner SIGNER = new DkimSigner(KEYS);
    private static KeyPair rsa;
    private static KeyPair ed25519;

    @BeforeAll
    static void makeKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
        ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void makesAFieldThatAnotherVerifierAccepts() throws Exception {
        assertThat(verifies(signed(MAIL) + MAIL)).isTrue();
    }

    @Test
    void makesOneFieldAnIdentityInTheirOrder() throws IOException {
        String fields = sign(MAIL, List.of(rsa(SigningOptions.USUAL), ed25519(SigningOptions.USUAL)));

        assertThat(fields.split("\r\n(?! )")).hasSize(2);
        assertThat(fields.indexOf("a=rsa-sha256")).isLessThan(fields.indexOf("a=ed25519-sha256"));
    }

    @Test
    void foldsUnder78ColumnsWithTagsInAStableOrder() throws IOException {
        String many = "List-Unsubscribe-Post: a\r\nList-Unsubscribe: b\r\nReferences: c\r\n".repeat(9) + MAIL;

        String field = signed(many);

        assertThat(field.split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(78));
        assertThat(field.replace("\r\n", ""))
                .matches("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=office.example; s=s1; t=1767355200; "
                        + "h=[a-z: -]+; bh=[A-Za-z0-9+/=]{44}; b=[A-Za-z0-9+/= ]+");
    }

    @Test
    void signsTheFieldsThatMustNotBeAddedOnceMoreThanTheyStand() throws IOException {
        String h = tag(signed("Cc: one@x.example\r\nCc: two@x.example\r\n" + MAIL), "h");

        assertThat(h.split(":"))
                .containsExactly(
                        "from", "from", "to", "to", "cc", "cc", "cc", "subject", "subject", "reply-to", "date");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: mallory@evil.example",
                "To: x@y.example",
                "Cc: x@y.example",
                "Subject: Other",
                "Reply-To: x@y.example"
            })
    void breaksWhenSomebodyAddsAField(String added) throws Exception {
        assertThat(verifies(signed(MAIL) + added + "\r\n" + MAIL)).isFalse();
        assertThat(verifies(signed(MAIL) + MAIL.replace("\r\n\r\nHi", "\r\n" + added + "\r\n\r\nHi")))
                .isFalse();
    }

    @Test
    void breaksWhenTheBodyChangesAndHoldsWhenReceivedFieldsCome() throws Exception {
        assertThat(verifies(signed(MAIL) + MAIL.replace("bye", "by"))).isFalse();
        assertThat(verifies("Received: by relay\r\n" + signed(MAIL) + "Received: by other\r\n" + MAIL))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: a@office.example\r\n\r\n",
                "From: a@office.example\r\n",
                "From: a@office.example",
                "From: a@office.example\r\n\r\nno line end",
                "From: a@office.example\r\nno colon here\r\nSubject: x\r\n\r\nbody\r\n",
                "From: a@office.example\r\nSubject:\r\n\tfolded\r\n \r\n more\r\n\r\nbody  \r\n\r\n"
            })
    void signsWhatIsOddButHasAFrom(String mail) throws Exception {
        assertThat(signed(mail)).startsWith("DKIM-Signature:");
    }

    @Test
    void signsFiveThousandFieldsAndALineOfAMegabyte() throws IOException {
        String mail = "X-Filler: y\r\n".repeat(5000) + "X-Long: " + "z".repeat(1 << 20) + "\r\n" + MAIL;

        assertThat(signed(mail)).startsWith("DKIM-Signature:");
    }

    @Test
    void writesExpiryAndIdentityWhenAsked() throws IOException {
        SigningOptions options = new SigningOptions(
                Canonicalization.RELAXED,
                Canonicalization.SIMPLE,
                SignedFields.USUAL,
                Optional.of(Duration.ofDays(7)),
                Optional.of("@office.example"));

        String field = sign(MAIL, List.of(rsa(options)));

        assertThat(tag(field, "x")).isEqualTo("1767960000");
        assertThat(tag(field, "i")).isEqualTo("@office.example");
        assertThat(tag(field, "c")).isEqualTo("relaxed/simple");
        assertThat(field).doesNotContain("l=");
    }

    @Test
    void signsTheSimpleFormToo() throws Exception {
        SigningOptions simple = new SigningOptions(
                Canonicalization.SIMPLE,
                Canonicalization.SIMPLE,
                SignedFields.USUAL,
                Optional.empty(),
                Optional.empty());

        assertThat(verifies(sign(MAIL, List.of(rsa(simple))) + MAIL)).isTrue();
    }

    @Test
    void refusesAMessageWithoutFromAndACallWithoutAKey() throws IOException {
        RawMessage noFrom = RawMessage.of("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(SIGNER.sign(noFrom, List.of(rsa(SigningOptions.USUAL)), NOW))
                .isEqualTo(new SigningResult.Unsignable("the message has no From field"));
        assertThat(SIGNER.sign(RawMessage.of(bytes(MAIL)), List.of(), NOW))
                .isInstanceOf(SigningResult.Unsignable.class);
    }

    @Test
    void refusesAPolicyThatLeavesFromOut() {
        assertThatThrownBy(() -> new SignedFields(List.of("subject"), List.of()))
                .hasMessage("From must be signed");
    }

    @Test
    void givesTheSameHashWhereverTheBodyIsSplit() throws IOException {
        byte[] body = bytes("a  b \r\n\r\n\tc\r\rd\r\n \r\n\r\ne \t f\r\n\r\n \r\n");
        for (Canonicalization kind : Canonicalization.values()) {
            BodyCanonicalizer whole = kind.body(DkimSigner.sha256());
            whole.update(body, body.length);
            byte[] expected = whole.finish();
            for (int size = 1; size < body.length; size++) {
                BodyCanonicalizer parts = kind.body(DkimSigner.sha256());
                try (ByteArrayInputStream in = new ByteArrayInputStream(body)) {
                    byte[] block = new byte[size];
                    for (int read = in.read(block); read > 0; read = in.read(block)) {
                        parts.update(block, read);
                    }
                }
                assertThat(parts.finish()).as("%s in blocks of %d", kind, size).isEqualTo(expected);
            }
        }
    }

    private static String signed(String mail) throws IOException {
        return sign(mail, List.of(rsa(SigningOptions.USUAL)));
    }

    private static String sign(String mail, List<SigningIdentity> identities) throws IOException {
        SigningResult result = SIGNER.sign(RawMessage.of(bytes(mail)), identities, NOW);
        assertThat(result).isInstanceOf(SigningResult.Signed.class);
        return new String(((SigningResult.Signed) result).fields(), StandardCharsets.ISO_8859_1);
    }

    private static SigningIdentity rsa(SigningOptions options) {
        return identity(SigningAlgorithm.RSA_SHA256, rsa, options);
    }

    private static SigningIdentity ed25519(SigningOptions options) {
        return identity(SigningAlgorithm.ED25519_SHA256, ed25519, options);
    }

    private static SigningIdentity identity(SigningAlgorithm algorithm, KeyPair pair, SigningOptions options) {
        return new SigningIdentity(
                "office.example",
                "s1",
                algorithm,
                KEYS.parse(algorithm, pair.getPrivate().getEncoded()),
                options);
    }

    private static String tag(String field, String name) {
        for (String tag : field.replace("\r\n", "").split(":", 2)[1].split(";")) {
            if (tag.strip().startsWith(name + "=")) {
                return tag.strip().substring(name.length() + 1).replace(" ", "");
            }
        }
        throw new AssertionError("no " + name + "= in " + field);
    }

    private static boolean verifies(String mail) throws IOException {
        String record = "v=DKIM1; k=rsa; p="
                + Base64.getEncoder().encodeToString(rsa.getPublic().getEncoded());
        DKIMVerifier verifier = new DKIMVerifier((methods, selector, domain) -> List.of(record));
        try {
            return !verifier.verify(new ByteArrayInputStream(bytes(mail))).isEmpty();
        } catch (FailException e) {
            e.printStackTrace();
            System.out.println(mail);
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
