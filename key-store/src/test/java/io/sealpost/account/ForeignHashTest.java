package io.sealpost.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealpost.mail.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of {@code korrekt pferd batterie} that doveadm, htpasswd and openssl made. */
class ForeignHashTest {
    private static final Secret RIGHT = new Secret("korrekt pferd batterie");
    private static final Secret WRONG = new Secret("korrekt pferd Batterie");

    private final Argon2Hasher hasher = TestHashers.cheap();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // doveadm pw -s BLF-CRYPT, SHA512-CRYPT, SSHA, ARGON2ID, ARGON2I
                "{BLF-CRYPT}$2y$05$6WpEahNjNi3Hu9dPiZRUxeSmkpTwnEXS6IUUxE7HAFKA.C8MVaDTa",
                "{SHA512-CRYPT}$6$KobP5/qfZm5yNvBI$1HeXLKxXSPR7fU0U7a2gAVXYtIZ0MGKaaUyWKCtL964KKhCyza21bEoRViZLwDHGfYoyQ0ag69ww23X.ETENs0",
                "{SSHA}fnH5011P95tm+ysBAwU6qBSni8Tl3svA",
                "{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ+RjHqXWlnuIjYmxiALkwiFG7UxXu48JaPgWdc1gM",
                "{ARGON2I}$argon2i$v=19$m=32768,t=4,p=1$Fg5SBNcbAzawU5x10A0jGQ$i9lFWVHS7z8hMN+HkjuRyseFsk88BwbZ/M5ts6iQvdE",
                // htpasswd -nbB -C 10
                "$2y$10$wtGm4a.tdLUD8HOmgL15yOSqV9aqXrx7OoAH1slkEBq2sHKQwzW2e",
                // openssl passwd -6
                "$6$KZryN66mxORD9WBE$v6sVea.VLesgHJPPTZeGSi2O3VWfIMl2sDSuNhz4x6o/AD8330Vtg2tM/zo9T.r8mPxU5JU9Ka9o62mTsJP5Y0"
            })
    void opensWithTheRightPasswordAndIsToBeReplaced(String given) {
        ImportedHash imported = ImportedHash.parse(given);

        assertThat(imported.stored()).startsWith("{").hasSizeLessThanOrEqualTo(255);
        assertThat(hasher.matches(RIGHT, Optional.of(imported.stored()))).isTrue();
        assertThat(hasher.matches(WRONG, Optional.of(imported.stored()))).isFalse();
        assertThat(hasher.matches(new Secret(""), Optional.of(imported.stored())))
                .isFalse();
        assertThat(hasher.isOutdated(imported.stored())).isTrue();
        assertThat(imported.toString())
                .as("what is printed is no secret")
                .doesNotContain(given.substring(given.length() - 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$2y$15$wtGm4a.tdLUD8HOmgL15yOSqV9aqXrx7OoAH1slkEBq2sHKQwzW2e | bcrypt of cost 15; 4 to 14",
                "$2y$10$wtGm4a.tdLUD8HOmgL15yOSqV9aqXrx7OoAH1sl | cut off",
                "{ARGON2ID}$argon2id$v=19$m=524288,t=3,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ+RjHqXWlnuIjYmxiALkwiFG7UxXu48JaPgWdc1gM | m=524288",
                "$argon2id$v=19$m=262144,t=16,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ+RjHqXWlnuIjYmxiALkwiFG7UxXu48JaPgWdc1gM | 1 GiB over all",
                "$argon2d$v=19$m=64,t=1,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ+RjHqXWlnuIjYmxiALkwiFG7UxXu48JaPgWdc1gM | no Argon2",
                "$6$rounds=999999$KZryN66mxORD9WBE$v6sVea.VLesgHJPPTZeGSi2O3VWfIMl2sDSuNhz4x6o/AD8330Vtg2tM/zo9T.r8mPxU5JU9Ka9o62mTsJP5Y0 | 999999 rounds",
                "{SHA}ESgi7tUKWPKOBI6ESVIkazuR6A8= | {SHA} is not known",
                "{SSHA}ESgi7tUKWPKOBI6ESVIkazuR6A8= | no salt",
                "{PLAIN}geheim | {PLAIN} is not known",
                "$1$abc$def | no known scheme",
                "$apr1$abc$def | no known scheme",
                "geheim | no known scheme",
                "{SSHA}*** | Illegal base64"
            })
    void isRefusedByNameWhenItCostsTooMuchOrIsNoneOfThese(String given, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImportedHash.parse(given))
                .withMessageContaining(why)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("geheim"));
    }

    @Test
    void anOwnHashIsReplacedWhenThoseMadeNowCostMore() {
        String own = hasher.hash(RIGHT);
        Argon2Hasher dearer = new Argon2Hasher(new Argon2Hash.Cost(128, 1, 1), 1, java.time.Duration.ofSeconds(10));

        assertThat(hasher.isOutdated(own)).isFalse();
        assertThat(dearer.isOutdated(own)).isTrue();
        assertThat(dearer.matches(RIGHT, Optional.of(own))).isTrue();
        assertThat(hasher.isOutdated(dearer.hash(RIGHT))).isFalse();
    }
}
