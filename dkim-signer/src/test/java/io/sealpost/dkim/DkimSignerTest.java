package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.NOW;
import static io.sealpost.dkim.TestSigner.bytes;
import static io.sealpost.dkim.TestSigner.ed25519;
import static io.sealpost.dkim.TestSigner.jdkimAccepts;
import static io.sealpost.dkim.TestSigner.rsa;
import static io.sealpost.dkim.TestSigner.sign;
import static io.sealpost.dkim.TestSigner.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSignerTest {
    private static final String MAIL = "From: Anna <anna@office.example>\r\nTo: bert@shop.example\r\nSubject: Hello\r\n"
            + "Date: Tue, 24 Nov 2026 12:00:00 +0000\r\nReceived: from x\r\n\r\nHi Bert,\r\n\r\nbye\r\n";

    private static final DkimSigner SIGNER = new DkimSigner(TestSigner.KEYS);

    @Test
    void makesAFieldThatAnotherVerifierAccepts() throws Exception {
        assertThat(jdkimAccepts(signed(MAIL) + MAIL)).isTrue();
    }

    @Test
    void makesOneFieldAnIdentityInTheirOrder() throws IOException {
        String fields = sign(MAIL, rsa(SigningOptions.USUAL), ed25519(SigningOptions.USUAL));

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
    void signsTheSameFromManyThreads() {
        List<SigningIdentity> both = List.of(rsa(SigningOptions.USUAL), ed25519(SigningOptions.USUAL));

        assertThat(IntStream.range(0, 400).parallel().mapToObj(i -> sign(MAIL, both.get(i % 2))))
                .containsOnly(sign(MAIL, both.get(0)), sign(MAIL, both.get(1)));
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
        assertThat(jdkimAccepts(signed(MAIL) + added + "\r\n" + MAIL)).isFalse();
        assertThat(jdkimAccepts(signed(MAIL) + MAIL.replace("\r\n\r\nHi", "\r\n" + added + "\r\n\r\nHi")))
                .isFalse();
    }

    @Test
    void breaksWhenTheBodyChangesAndHoldsWhenReceivedFieldsCome() throws Exception {
        assertThat(jdkimAccepts(signed(MAIL) + MAIL.replace("bye", "by"))).isFalse();
        assertThat(jdkimAccepts("Received: by relay\r\n" + signed(MAIL) + "Received: by other\r\n" + MAIL))
                .isTrue();
    }

    @Test
    void writesExpiryAndIdentityWhenAsked() throws IOException {
        SigningOptions options = new SigningOptions(
                Canonicalization.RELAXED,
                Canonicalization.SIMPLE,
                SignedFields.USUAL,
                Optional.of(Duration.ofDays(7)),
                Optional.of("@office.example"));

        String field = sign(MAIL, rsa(options));

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

        assertThat(jdkimAccepts(sign(MAIL, rsa(simple)) + MAIL)).isTrue();
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

    private static String tag(String field, String name) {
        for (String tag : field.replace("\r\n", "").split(":", 2)[1].split(";")) {
            if (tag.strip().startsWith(name + "=")) {
                return tag.strip().substring(name.length() + 1).replace(" ", "");
            }
        }
        throw new AssertionError("no " + name + "= in " + field);
    }
}
