package io.sealpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
    @Test
    void keepsTheLocalPartAsGivenAndFoldsItForComparing() {
        EmailAddress address = EmailAddress.parse("Anna.Meier@Office.Example");

        assertThat(address).hasToString("Anna.Meier@office.example");
        assertThat(address.folded()).isEqualTo("anna.meier@office.example");
    }

    @Test
    void foldsAsciiLettersOnly() {
        // A Turkish or Kelvin sign folded by Unicode rules would make two people one.
        assertThat(EmailAddress.parse("\u212Aevin@a.example").folded()).isEqualTo("\u212Aevin@a.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.example",
                "a.b+tag@c.example",
                "\"a b\"@c.example",
                "\"a@b\"@c.example",
                "jörg@bücher.example",
                "!#$%@c.example"
            })
    void takesWhatTheRfcTakes(String text) {
        assertThat(EmailAddress.tryParse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@b.example",
                "a@",
                ".a@b.example",
                "a.@b.example",
                "a..b@c.example",
                "a b@c.example",
                "a@[192.0.2.1]",
                "\"a\"b\"@c.example",
                "a\r\n@b.example",
                "a\u0000@b.example",
                "<a@b.example>"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThat(EmailAddress.tryParse(text)).isEmpty();
    }

    @Test
    void countsOctetsNotCharacters() {
        assertThat(EmailAddress.tryParse("a".repeat(64) + "@b.example")).isPresent();
        assertThat(EmailAddress.tryParse("a".repeat(65) + "@b.example")).isEmpty();
        assertThat(EmailAddress.tryParse("ö".repeat(33) + "@b.example")).isEmpty();
    }

    @Test
    void saysInAPlainSentenceWhatIsWrong() {
        assertThatThrownBy(() -> EmailAddress.parse("nobody")).hasMessage("\"nobody\" is not an email address");
    }

    @Test
    void needsSmtpUtf8ForALocalPartOutsideAsciiOnly() {
        assertThat(EmailAddress.parse("jörg@a.example").needsSmtpUtf8()).isTrue();
        assertThat(EmailAddress.parse("joerg@bücher.example").needsSmtpUtf8()).isFalse();
    }
}
