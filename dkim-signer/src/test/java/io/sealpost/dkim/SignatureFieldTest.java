package io.sealpost.dkim;

import static io.sealpost.dkim.TestSigner.ed25519;
import static io.sealpost.dkim.TestSigner.rsa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The field as others read it: its tags, their order, its folds. */
class SignatureFieldTest {
    private static final String MAIL = "From: a@office.example\r\nSubject: Hello\r\n\r\nHi\r\n";
    private static final int LONGEST_NAME = 253;

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1, 63",
        "1, 72",
        "1, 73",
        "1, 74",
        "1, 75",
        "1, 76",
        "63, 74",
        "1, 240",
        "240, 1",
        "120, 121",
        "72, 72",
        "73, 73",
        "74, 74",
        "75, 75"
    })
    void foldsNamesOfAnyLength(int selectorLength, int domainLength) {
        String selector = name(selectorLength);
        String domain = name(domainLength);
        for (SigningIdentity usual : List.of(rsa(SigningOptions.USUAL), ed25519(SigningOptions.USUAL))) {
            SigningIdentity identity = new SigningIdentity(
                    domain, selector, usual.algorithm(), usual.key(), SigningOptions.USUAL.withIdentity("@" + domain));
            String field = TestSigner.sign(MAIL, identity);
            KeyRecords dns = asked -> new KeyRecords.Answer.Records(List.of(TestSigner.record(usual.algorithm())));

            // A name has no place to fold at (RFC 6376 §3.5): the line is as long as the name.
            int longestTag = "i=@;".length() + Math.max(selectorLength, domainLength) + 1;
            assertThat(field.split("\r\n"))
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(77, longestTag)));
            assertThat(field.split("\r\n"))
                    .filteredOn(line -> line.length() > 77)
                    .allMatch(line -> line.matches(" [dis]=[^ ]+;"));
            assertThat(field).doesNotContain(" \r\n").doesNotContain("=\r\n ").doesNotContain("\r\n\r\n");
            assertThat(TestSigner.verify(field + MAIL, dns)).hasSize(1).allMatch(Verdict::passed);
        }
    }

    @Test
    void writesItsTagsInOneOrderWhateverTheLengths() {
        for (int length : List.of(1, 30, 63, 100, 200)) {
            SigningIdentity usual = rsa(SigningOptions.USUAL);
            SigningOptions all = SigningOptions.USUAL
                    .withIdentity("@" + name(length))
                    .expiringAfter(Duration.ofDays(7), Duration.ofDays(5));
            String field = TestSigner.sign(
                    MAIL, new SigningIdentity(name(length), name(40), usual.algorithm(), usual.key(), all));

            assertThat(Arrays.stream(field.substring("DKIM-Signature:".length()).split(";"))
                            .map(tag -> tag.strip().split("=")[0]))
                    .containsExactly("v", "a", "c", "d", "i", "s", "t", "x", "h", "bh", "b");
        }
    }

    @Test
    void foldsAListOfFieldsBehindItsColons() {
        List<String> names = new ArrayList<>(List.of("from"));
        IntStream.rangeClosed(1, 70).mapToObj("x"::repeat).forEach(names::add);
        Collections.reverse(names);
        SigningOptions options = SigningOptions.USUAL.withFields(new SignedFields(names, List.of()));
        String field = TestSigner.sign(MAIL, rsa(options));

        assertThat(field.split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(78));
        assertThat(TestSigner.verify(field + MAIL)).containsExactly(Verdict.Kind.PASS);
    }

    @ParameterizedTest
    @CsvSource({"1, 241", "241, 1", "121, 121"})
    void refusesNamesThatAreTooLongTogetherForTheDns(int selectorLength, int domainLength) {
        SigningIdentity good = rsa(SigningOptions.USUAL);

        assertThat(selectorLength + domainLength + "._domainkey.".length()).isGreaterThan(LONGEST_NAME);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningIdentity(
                        name(domainLength), name(selectorLength), good.algorithm(), good.key(), good.options()));
    }

    @Test
    void refusesALifeThatIsShorterThanTheQueues() {
        Duration queue = Duration.ofDays(5);

        assertThat(SigningOptions.USUAL.expiringAfter(queue, queue).lifetime()).hasValue(queue);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningOptions.USUAL.expiringAfter(queue.minusSeconds(1), queue));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "received",
                "return-path",
                "bcc",
                "resent-bcc",
                "delivered-to",
                "authentication-results",
                "dkim-signature",
                "arc-seal"
            })
    void refusesFieldsThatDoNotArriveAsTheyLeft(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedFields(List.of("from", name), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedFields(List.of("from"), List.of(name)));
    }

    /** Labels of 60 and one of the rest. */
    private static String name(int length) {
        StringBuilder name = new StringBuilder();
        while (length - name.length() > 63) {
            name.append("a".repeat(60)).append('.');
        }
        return name.append("b".repeat(length - name.length())).toString();
    }
}
