package io.sealpost.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.TestKeys;
import io.sealpost.keys.Outcome.Done;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaterialTest {
    private static String resource(String name) throws IOException {
        try (InputStream in = KeyMaterialTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static KeyMaterial done(Outcome<KeyMaterial> outcome) {
        return ((Done<KeyMaterial>) outcome).value();
    }

    private static String refused(Outcome<KeyMaterial> outcome) {
        return ((Refused<KeyMaterial>) outcome).problem().sentence();
    }

    @Test
    void aFreshRsaKeySignsForItsPublicHalf() throws GeneralSecurityException {
        KeyMaterial made = done(KeyMaterial.generate(KeyAlgorithm.RSA, 2048));

        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPublicKey half = (RSAPublicKey) factory.generatePublic(
                new X509EncodedKeySpec(Base64.getDecoder().decode(made.publicHalf())));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(factory.generatePrivate(new PKCS8EncodedKeySpec(made.pkcs8())));
        byte[] signed = signature.sign();
        signature.initVerify(half);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(half.getModulus().bitLength()).isEqualTo(2048);
        assertThat(made.bits()).isEqualTo(2048);
    }

    @Test
    void aFreshEd25519KeyHasARawPublicHalfAndOpensInTheJdk() throws GeneralSecurityException {
        KeyMaterial made = done(KeyMaterial.generate(KeyAlgorithm.ED25519, 256));

        assertThat(Base64.getDecoder().decode(made.publicHalf())).hasSize(32);
        assertThat(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(made.pkcs8())))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"RSA,512", "RSA,1000", "RSA,8192", "ED25519,2048"})
    void sizesThatNobodyAcceptsAreNotMade(KeyAlgorithm algorithm, int bits) {
        assertThat(refused(KeyMaterial.generate(algorithm, bits))).contains("bits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1.pem", "rsa-pkcs8.pem"})
    void rsaIsReadInBothForms(String file) throws IOException {
        KeyMaterial read = done(KeyPem.read(new Secret(resource(file))));

        assertThat(read.algorithm()).isEqualTo(KeyAlgorithm.RSA);
        assertThat(read.bits()).isEqualTo(2048);
        assertThat(read.publicHalf()).isEqualTo(resource("rsa-public.txt"));
    }

    @Test
    void ed25519IsReadWithItsRawPublicHalf() throws IOException {
        KeyMaterial read = done(KeyPem.read(new Secret(resource("ed25519.pem"))));

        assertThat(read.algorithm()).isEqualTo(KeyAlgorithm.ED25519);
        assertThat(read.publicHalf()).isEqualTo(resource("ed25519-public.txt"));
    }

    @Test
    void theKeyOfRfc8463HasTheRecordThatTheRfcPrints() {
        // RFC 8463 A.2
        byte[] seed = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        byte[] pkcs8 = new byte[48];
        byte[] prefix = {0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20};
        System.arraycopy(prefix, 0, pkcs8, 0, prefix.length);
        System.arraycopy(seed, 0, pkcs8, prefix.length, seed.length);
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8)
                + "\n-----END PRIVATE KEY-----\n";

        KeyMaterial read = done(KeyPem.read(new Secret(pem)));

        assertThat(read.publicHalf()).isEqualTo("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
        assertThat(read.pkcs8()).isEqualTo(pkcs8);
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-encrypted-pkcs1.pem, is encrypted",
        "rsa-encrypted-pkcs8.pem, is encrypted",
        "rsa-512.pem, 512 bits",
        "ec.pem, is an EC key; DKIM signs with RSA and Ed25519",
        "rsa-public.txt, no private key in PEM",
    })
    void whatDoesNotDoIsRefusedInPlainWords(String file, String words) throws IOException {
        assertThat(refused(KeyPem.read(new Secret(resource(file))))).contains(words);
    }

    @Test
    void whatIsNoPrivateKeyIsNamed() {
        String body = TestKeys.rsaRecord().replaceFirst(".*p=", "");

        assertThat(refused(KeyPem.read(
                        new Secret("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n"))))
                .isEqualTo("that is a public key; the private key is needed");
        assertThat(refused(KeyPem.read(new Secret("")))).contains("no private key in PEM");
    }

    @Test
    void damagedKeysAreRefused() throws IOException {
        String pem = resource("rsa-pkcs8.pem");
        int middle = pem.length() / 2;
        String altered = pem.substring(0, middle) + "AAAAAAAA" + pem.substring(middle + 8);

        assertThat(refused(KeyPem.read(new Secret(altered)))).contains("damaged");
        assertThat(refused(KeyPem.read(new Secret(pem.substring(0, 200))))).contains("damaged");
        assertThat(refused(KeyPem.read(new Secret("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"))))
                .contains("damaged");
    }

    @Test
    void cannotPrintItself() {
        assertThat(done(KeyMaterial.generate(KeyAlgorithm.ED25519, 256))).hasToString("ED25519 key (hidden)");
    }
}
