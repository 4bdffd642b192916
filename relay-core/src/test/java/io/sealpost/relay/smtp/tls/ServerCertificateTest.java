package io.sealpost.relay.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static TestCertificate ec;
    private static TestCertificate rsa;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeKeys() {
        ec = TestCertificate.ec();
        rsa = TestCertificate.rsa();
    }

    @Test
    void readsPkcs8() throws Exception {
        assertThat(ec.read(directory).certificate().getPublicKey())
                .isEqualTo(ec.keys().getPublic());
        assertThat(rsa.read(directory).algorithm()).isEqualTo("RSA");
        assertThat(rsa.read(directory).names()).containsExactly("relay.example");
    }

    @Test
    void readsPkcs1() throws IOException {
        Path key = TestCertificate.write(
                directory.resolve("key.pem"), TestCertificate.pem(rsa.keys().getPrivate()));
        assertThat(key).content().startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(ServerCertificate.read(new CertificateFiles(chain(rsa, ec), key))
                        .certificate()
                        .getPublicKey())
                .isEqualTo(rsa.keys().getPublic());
    }

    /** As {@code openssl ecparam -genkey} writes it: the curve's name first, and again within the key. */
    @Test
    void readsEcKeysWithTheirParameters() throws IOException {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(ec.keys().getPrivate().getEncoded());
        var inner = org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey());
        var whole = new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, inner.getKey(), info.getPrivateKeyAlgorithm().getParameters());
        Path key = TestCertificate.write(
                directory.resolve("key.pem"),
                TestCertificate.pem(new PemObject(
                        "EC PARAMETERS",
                        info.getPrivateKeyAlgorithm()
                                .getParameters()
                                .toASN1Primitive()
                                .getEncoded())),
                TestCertificate.pem(new PemObject("EC PRIVATE KEY", whole.getEncoded())));
        assertThat(ServerCertificate.read(new CertificateFiles(chain(ec), key))
                        .certificate()
                        .getPublicKey())
                .isEqualTo(ec.keys().getPublic());
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws IOException {
        Path key = key(TestCertificate.ec());
        Path chain = chain(ec);
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(chain, key)))
                .isInstanceOf(CertificateFault.class)
                .hasMessage("The key in " + key + " is not that of the certificate in " + chain);
        Path chainOfRsa = chain(rsa);
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(chainOfRsa, key)))
                .hasMessageContaining("is not that of");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path key = key(ec);
        Path chain = chain(ec);
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(key, key)))
                .hasMessageContaining("has no certificate in it");
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(chain, chain)))
                .hasMessageContaining("has no private key in it");
        Path missing = directory.resolve("missing.pem");
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(missing, key)))
                .isInstanceOf(CertificateFault.class)
                .hasMessageStartingWith(missing + " cannot be read");
        Path garbage = Files.writeString(
                directory.resolve("garbage.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ServerCertificate.read(new CertificateFiles(chain, garbage)))
                .isInstanceOf(CertificateFault.class);
    }

    private Path chain(TestCertificate... certificates) throws IOException {
        StringBuilder pems = new StringBuilder();
        for (TestCertificate each : certificates) {
            pems.append(TestCertificate.pem(each.certificate()));
        }
        return TestCertificate.write(
                directory.resolve(
                        "chain-of-" + certificates[0].keys().getPublic().getAlgorithm()),
                pems.toString());
    }

    private Path key(TestCertificate certificate) throws IOException {
        return TestCertificate.write(
                directory.resolve("key.pem"),
                TestCertificate.pkcs8(certificate.keys().getPrivate()));
    }
}
