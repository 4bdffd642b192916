package io.sealpost.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final EmailAddress ACCOUNT = EmailAddress.parse("Frieda.Printer@werkstatt.example");
    private final PasswordRules rules = new PasswordRules();

    @ParameterizedTest
    @ValueSource(strings = {"korrekt pferd batterie", "n7#kQ2!xZw9", "Wolkenbruch im Advent 7"})
    void strongOnesDo(String password) {
        assertThat(rules.objection(new Secret(password), ACCOUNT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "n7#kQ2!xZ, at least 10",
        "password123, too easy to guess",
        "aaaaaaaaaaaaaaaa, too easy to guess",
        "qwertzuiopqwertz, too easy to guess",
        "xx Frieda.Printer 77 zq, address",
        "meine WERKSTATT brennt, address",
    })
    void weakOnesDoNotAndItSaysWhy(String password, String words) {
        assertThat(rules.objection(new Secret(password), ACCOUNT))
                .get()
                .asString()
                .contains(words);
    }

    @Test
    void adviceIsEnglishWhateverTheMachineSpeaks() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(rules.objection(new Secret("password123"), ACCOUNT))
                    .contains("the password is too easy to guess. This is a very common password."
                            + " Add another word or two. Uncommon words are better");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void veryLongOnesAndControlCharactersAreRefused() {
        assertThat(rules.objection(new Secret("korrekt pferd ".repeat(100)), ACCOUNT))
                .get()
                .asString()
                .contains("1000");
        assertThat(rules.objection(new Secret("korrekt\u0007pferd batterie"), ACCOUNT))
                .get()
                .asString()
                .contains("control");
        assertThat(rules.objection(new Secret("korrekt pferd batterie ".repeat(40)), ACCOUNT))
                .isEmpty();
    }

    @Test
    void shortPartsOfAnAddressMayStandInAPassword() {
        assertThat(rules.objection(new Secret("korrekt pferd batterie"), EmailAddress.parse("pf@ba.example")))
                .isEmpty();
    }
}
