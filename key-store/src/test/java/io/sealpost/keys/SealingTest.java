package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.keys.Sealing.Place;
import io.sealpost.mail.MailDomain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealingTest {
    private static final byte[] CLEAR = "a private key".getBytes(StandardCharsets.US_ASCII);
    private static final MailDomain DOMAIN = MailDomain.parse("one.example");
    private static final Place PLACE = new Place(5, DOMAIN, "s1", KeyAlgorithm.RSA, "AAAA");

    private final Sealing sealing = new Sealing(new DataKeys(List.of(dataKey(1, KeyPurpose.DKIM))));

    private static DataKey dataKey(long id, KeyPurpose purpose) {
        return new DataKey(id, purpose, new byte[32]);
    }

    static Stream<Place> otherPlaces() {
        return Stream.of(
                new Place(6, DOMAIN, "s1", KeyAlgorithm.RSA, "AAAA"),
                new Place(5, MailDomain.parse("two.example"), "s1", KeyAlgorithm.RSA, "AAAA"),
                new Place(5, DOMAIN, "s2", KeyAlgorithm.RSA, "AAAA"),
                new Place(5, DOMAIN, "s1", KeyAlgorithm.ED25519, "AAAA"),
                new Place(5, DOMAIN, "s1", KeyAlgorithm.RSA, "BBBB"));
    }

    @Test
    void opensWhereItBelongs() {
        assertThat(sealing.open(sealing.seal(CLEAR, PLACE), PLACE)).isEqualTo(CLEAR);
    }

    @Test
    void neverSealsTwiceAlike() {
        assertThat(sealing.seal(CLEAR, PLACE)).isNotEqualTo(sealing.seal(CLEAR, PLACE));
    }

    @ParameterizedTest
    @MethodSource("otherPlaces")
    void opensNowhereElse(Place other) {
        byte[] sealed = sealing.seal(CLEAR, PLACE);

        assertThatExceptionOfType(SealBroken.class)
                .isThrownBy(() -> sealing.open(sealed, other))
                .withMessageContaining("_domainkey.");
    }

    @Test
    void opensOnlyWholeAndUnaltered() {
        byte[] sealed = sealing.seal(CLEAR, PLACE);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> sealing.open(altered, PLACE));
        }
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> sealing.open(new byte[0], PLACE));
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> sealing.open(new byte[] {1, 0}, PLACE));
    }

    @Test
    void opensWithTheDataKeyThatSealedIt() {
        byte[] sealed = sealing.seal(CLEAR, PLACE);
        Sealing withNewer =
                new Sealing(new DataKeys(List.of(dataKey(2, KeyPurpose.DKIM), dataKey(1, KeyPurpose.DKIM))));
        Sealing withAnother =
                new Sealing(new DataKeys(List.of(dataKey(2, KeyPurpose.DKIM), dataKey(1, KeyPurpose.APP_PASSWORD))));

        assertThat(withNewer.open(sealed, PLACE)).isEqualTo(CLEAR);
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> withAnother.open(sealed, PLACE));
    }
}
