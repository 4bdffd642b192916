package io.sealpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailDomainTest {
    @Test
    void readsAnyCaseAndTheTrailingDot() {
        assertThat(MailDomain.parse("Shop.Example.").ascii()).isEqualTo("shop.example");
    }

    @Test
    void comparesUnicodeAndALabelsAsOne() {
        assertThat(MailDomain.parse("bücher.example")).isEqualTo(MailDomain.parse("XN--BCHER-KVA.example"));
        assertThat(MailDomain.parse("xn--bcher-kva.example").unicode()).isEqualTo("bücher.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "-a.example",
                "a-.example",
                "[192.0.2.1]",
                "a b.example",
                "a@b",
                "a\r\nb",
                "\u0000"
            })
    void refusesWhatIsNoDomain(String text) {
        assertThat(MailDomain.tryParse(text)).isEmpty();
    }

    @Test
    void refusesLabelsAndNamesThatAreTooLong() {
        assertThat(MailDomain.tryParse("a".repeat(63) + ".example")).isPresent();
        assertThat(MailDomain.tryParse("a".repeat(64) + ".example")).isEmpty();
        assertThat(MailDomain.tryParse("a.".repeat(126) + "b")).isPresent();
        assertThat(MailDomain.tryParse("a.".repeat(127) + "b")).isEmpty();
    }

    @Test
    void saysInAPlainSentenceWhatIsWrong() {
        assertThatThrownBy(() -> MailDomain.parse("a b")).hasMessage("\"a b\" is not a domain name");
    }

    @Test
    void knowsItsParent() {
        assertThat(MailDomain.parse("a.b.example").parent()).contains(MailDomain.parse("b.example"));
        assertThat(MailDomain.parse("example").parent()).isEmpty();
    }
}
