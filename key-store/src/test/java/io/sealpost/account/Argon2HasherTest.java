package io.sealpost.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealpost.mail.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2HasherTest {
    private final Argon2Hasher hasher = TestHashers.cheap();

    @Test
    void knowsItsOwnHashes() {
        String hash = hasher.hash(new Secret("a password"));

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(hasher.matches(new Secret("a password"), Optional.of(hash))).isTrue();
        assertThat(hasher.matches(new Secret("a Password"), Optional.of(hash))).isFalse();
        assertThat(hasher.hash(new Secret("a password"))).isNotEqualTo(hash);
    }

    @Test
    void knowsAHashOfTheReferenceImplementation() {
        // From test.c of github.com/P-H-C/phc-winner-argon2.
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(hasher.matches(new Secret("password"), Optional.of(reference)))
                .isTrue();
        assertThat(hasher.matches(new Secret("passwort"), Optional.of(reference)))
                .isFalse();
    }

    @Test
    void usuallyCostsNineteenMebibytesAndTwoPasses() {
        String hash = new Argon2Hasher(HashingSettings.usual(1)).hash(new Secret("a password"));

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void neverMatchesWithoutAHash() {
        assertThat(hasher.matches(new Secret("a password"), Optional.empty())).isFalse();
        assertThat(hasher.matches(new Secret(""), Optional.empty())).isFalse();
    }

    @Test
    void takesSpacesAndAccentsAsAnyKeyboardMakesThem() {
        String hash = hasher.hash(new Secret("caf\u00e9 au lait"));

        assertThat(hasher.matches(new Secret("cafe\u0301\u00a0au lait"), Optional.of(hash)))
                .isTrue();
    }

    @Test
    void turnsAwayWhoWaitsTooLong() {
        Argon2Hasher none = new Argon2Hasher(new Argon2Hash.Cost(64, 1, 1), 0, Duration.ofMillis(1));

        assertThatExceptionOfType(HashingBusy.class).isThrownBy(() -> none.hash(new Secret("x")));
        assertThatExceptionOfType(HashingBusy.class).isThrownBy(() -> none.matches(new Secret("x"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$2y$10$abcdefghijklmnopqrstuu",
                "$argon2id$v=19$m=9999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=99,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void otherHashesAndBoundlessCostsAreABug(String stored) {
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.matches(new Secret("x"), Optional.of(stored)));
    }
}
