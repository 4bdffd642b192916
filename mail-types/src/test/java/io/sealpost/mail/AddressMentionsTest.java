package io.sealpost.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressMentionsTest {
    private final AddressMentions anna = new AddressMentions(EmailAddress.parse("anna@office.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@office.example",
                "{\"sender\":\"Anna@Office.Example\"}",
                "<anna+shop@office.example>",
                "no user anna@office.example.",
                "a@b.example,anna@office.example,c@d.example"
            })
    void findsItHoweverItIsWritten(String text) {
        assertThat(anna.in(text)).isTrue();
        assertThat(text.toLowerCase(java.util.Locale.ROOT)).contains(anna.hint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joanna@office.example",
                "o'anna@office.example",
                "anna@office.example.org",
                "anna@office.example-mail.org",
                "anna.b@office.example",
                "annab@office.example",
                "anna@bureau.example"
            })
    void findsNoOther(String text) {
        assertThat(anna.in(text)).isFalse();
    }

    @Test
    void putsAWordInItsPlace() {
        assertThat(anna.replacedIn("{\"a\":\"anna@office.example\",\"b\":\"joanna@office.example\"}", "$1"))
                .isEqualTo("{\"a\":\"$1\",\"b\":\"joanna@office.example\"}");
    }
}
