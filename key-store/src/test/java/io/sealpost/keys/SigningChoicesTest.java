package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.mail.MailDomain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningChoicesTest {
    @Test
    void sortsNamesAndKeepsEachOnce() {
        assertThat(signing("x-b", "x-a", "x-b").signed()).containsExactly("x-a", "x-b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Upper", "a b", "a:b", "a;b", "caf\u00e9", "a\r\nb"})
    void namesOfNoFieldAreRefused(String name) {
        assertThatThrownBy(() -> signing(name)).hasMessage("not the name of a header field");
    }

    @Test
    void fromIsNobodysChoice() {
        assertThatThrownBy(() -> signing("from")).hasMessageContaining("From is always signed");
        assertThatThrownBy(() -> of(List.of("from"), List.of(), List.of())).hasMessageContaining("From is always");
        assertThatThrownBy(() -> of(List.of(), List.of(), List.of("from"))).hasMessageContaining("From is always");
    }

    @Test
    void aFieldIsForOneThing() {
        assertThatThrownBy(() -> of(List.of("x"), List.of("x"), List.of())).hasMessageContaining("more than one thing");
        assertThatThrownBy(() -> of(List.of(), List.of("x"), List.of("x"))).hasMessageContaining("more than one thing");
    }

    @Test
    void fiftyFieldsAreTheMost() {
        String[] names = IntStream.range(0, 51).mapToObj(i -> "x-" + i).toArray(String[]::new);

        assertThat(signing(java.util.Arrays.copyOf(names, 50)).signed()).hasSize(50);
        assertThatThrownBy(() -> signing(names)).hasMessage("more than 50 fields of a domain's own");
    }

    @Test
    void livesAndIdentitiesHaveBounds() {
        assertThatThrownBy(() -> lifetime(Duration.ZERO)).hasMessageContaining("a signature lives");
        assertThatThrownBy(() -> lifetime(Duration.ofDays(40_000))).hasMessageContaining("a signature lives");
        assertThatThrownBy(() -> identity("office.example")).hasMessageContaining("an identity is an address");
        assertThatThrownBy(() -> identity("x".repeat(320) + "@office.example")).hasMessageContaining("an identity is");
    }

    @ParameterizedTest
    @CsvSource({
        "@office.example, true",
        "anna@office.example, true",
        "anna@OFFICE.example, true",
        "@mail.Office.Example, true",
        "@example, false",
        "@notoffice.example, false",
        "@other.example, false"
    })
    void anIdentityLiesInOrBelowTheDomain(String agent, boolean fits) {
        assertThat(identity(agent).fits(MailDomain.parse("office.example"))).isEqualTo(fits);
        assertThat(SigningChoices.NONE.fits(MailDomain.parse("office.example"))).isTrue();
    }

    private static SigningChoices signing(String... names) {
        return of(List.of(), List.of(names), List.of());
    }

    private static SigningChoices of(List<String> oversigned, List<String> signed, List<String> leftOut) {
        return new SigningChoices(Optional.empty(), Optional.empty(), oversigned, signed, leftOut);
    }

    private static SigningChoices lifetime(Duration life) {
        return new SigningChoices(Optional.of(life), Optional.empty(), List.of(), List.of(), List.of());
    }

    private static SigningChoices identity(String agent) {
        return new SigningChoices(Optional.empty(), Optional.of(agent), List.of(), List.of(), List.of());
    }
}
