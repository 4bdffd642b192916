package io.sealpost.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {
    static List<SigningKeys> providers() {
        return List.of(SigningKeys.choose(), SigningKeys.plain());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void makesKeysThatItReadsAgain(SigningKeys keys) {
        KeyPair rsa = keys.generate(SigningAlgorithm.RSA_SHA256, 1024);
        KeyPair ed25519 = keys.generate(SigningAlgorithm.ED25519_SHA256, 256);

        assertThat(((RSAKey) rsa.getPublic()).getModulus().bitLength()).isEqualTo(1024);
        assertThat(keys.parse(SigningAlgorithm.RSA_SHA256, rsa.getPrivate().getEncoded()))
                .isEqualTo(rsa.getPrivate());
        assertThat(keys.parse(
                        SigningAlgorithm.ED25519_SHA256, ed25519.getPrivate().getEncoded()))
                .isEqualTo(ed25519.getPrivate());
    }

    @ParameterizedTest
    @MethodSource("providers")
    void refusesWhatIsNoKeyOfTheAlgorithm(SigningKeys keys) {
        byte[] ed25519 =
                TestSigner.pair(SigningAlgorithm.ED25519_SHA256).getPrivate().getEncoded();
        byte[] rsa = TestSigner.pair(SigningAlgorithm.RSA_SHA256).getPrivate().getEncoded();

        for (byte[] wrong :
                List.of(ed25519, new byte[0], new byte[200], "-----BEGIN".getBytes(StandardCharsets.US_ASCII))) {
            assertThatIllegalArgumentException().isThrownBy(() -> keys.parse(SigningAlgorithm.RSA_SHA256, wrong));
        }
        for (byte[] wrong : List.of(rsa, new byte[0], new byte[200])) {
            assertThatIllegalArgumentException().isThrownBy(() -> keys.parse(SigningAlgorithm.ED25519_SHA256, wrong));
        }
    }

    @Test
    void refusesRsaKeysThatVerifiersRefuse() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(768);
        byte[] weak = generator.generateKeyPair().getPrivate().getEncoded();

        for (SigningKeys keys : providers()) {
            assertThatIllegalArgumentException().isThrownBy(() -> keys.parse(SigningAlgorithm.RSA_SHA256, weak));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 512, 1023, 4097, 1 << 20})
    void makesNoKeyOfAnotherSize(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigner.KEYS.generate(SigningAlgorithm.RSA_SHA256, bits));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigner.KEYS.generate(SigningAlgorithm.ED25519_SHA256, bits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.", ".a", "a b", "caf\u00e9.example", "a;b", "a\r\nb"})
    void refusesNamesThatWouldBreakTheField(String name) {
        SigningIdentity good = TestSigner.rsa(SigningOptions.USUAL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigningIdentity(name, "s1", good.algorithm(), good.key(), good.options()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SigningIdentity("office.example", name, good.algorithm(), good.key(), good.options()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "office.example",
                "@shop.example",
                "@notoffice.example",
                "a;b@office.example",
                "a b@office.example",
                "@"
            })
    void refusesAnIdentityOutsideOfTheDomain(String agent) {
        SigningOptions options = new SigningOptions(
                Canonicalization.RELAXED,
                Canonicalization.RELAXED,
                SignedFields.USUAL,
                Optional.empty(),
                Optional.of(agent));

        assertThatIllegalArgumentException().isThrownBy(() -> TestSigner.rsa(options));
    }

    @ParameterizedTest
    @ValueSource(strings = {"received", "return-path", "Subject", "from", "", "a:b", "a;b", "a b"})
    void refusesToSignWhatBreaks(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SignedFields(List.of("from"), List.of(name)));
    }
}
