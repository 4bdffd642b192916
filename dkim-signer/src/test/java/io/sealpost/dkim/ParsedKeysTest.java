package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.PublicKey;
import org.junit.jupiter.api.Test;

class ParsedKeysTest {
    private final ParsedKeys keys = new ParsedKeys(TestSigner.KEYS.publicKeys());

    @Test
    void aTextIsParsedOnce() {
        String text = text(SigningAlgorithm.RSA_SHA256);
        PublicKey first = keys.parse(SigningAlgorithm.RSA_SHA256, text).orElseThrow();

        assertThat(keys.parse(SigningAlgorithm.RSA_SHA256, text).orElseThrow()).isSameAs(first);
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void whatIsNoKeyOfOneAlgorithmMayBeOneOfTheOther() {
        String text = text(SigningAlgorithm.ED25519_SHA256);

        assertThat(keys.parse(SigningAlgorithm.RSA_SHA256, text)).isEmpty();
        assertThat(keys.parse(SigningAlgorithm.ED25519_SHA256, text)).isPresent();
        assertThat(keys.parse(SigningAlgorithm.ED25519_SHA256, "no base64")).isEmpty();
    }

    @Test
    void theKeysUsedLastAreKeptAndNoMore() {
        String mostUsed = fresh();
        PublicKey kept = keys.parse(SigningAlgorithm.ED25519_SHA256, mostUsed).orElseThrow();
        for (int i = 0; i < 2 * ParsedKeys.MOST; i++) {
            keys.parse(SigningAlgorithm.ED25519_SHA256, fresh());
            assertThat(keys.parse(SigningAlgorithm.ED25519_SHA256, mostUsed)).containsSame(kept);
        }

        assertThat(keys.size()).isEqualTo(ParsedKeys.MOST);
    }

    @Test
    void aTextLongerThanAnyKeyIsNotKept() {
        assertThat(keys.parse(SigningAlgorithm.RSA_SHA256, "A".repeat(1 << 20))).isEmpty();
        assertThat(keys.size()).isZero();
    }

    private static String fresh() {
        PublicKey key =
                TestSigner.KEYS.generate(SigningAlgorithm.ED25519_SHA256, 256).getPublic();
        return DkimKeyRecord.of(SigningAlgorithm.ED25519_SHA256, key).publicKey();
    }

    private static String text(SigningAlgorithm algorithm) {
        DkimKeyRecord record = (DkimKeyRecord) DkimKeyRecord.parse(TestSigner.record(algorithm));
        return record.publicKey();
    }
}
