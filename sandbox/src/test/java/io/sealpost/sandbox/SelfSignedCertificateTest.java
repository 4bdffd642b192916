package io.sealpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.sandbox.SelfSignedCertificate.KeyKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfSignedCertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void isSignedByItsOwnKeyForItsHostname(KeyKind kind) throws Exception {
        X509Certificate certificate =
                SelfSignedCertificate.create("relay.example.net", kind, CLOCK).certificate();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(java.util.Date.from(NOW));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=relay.example.net");
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(2, "relay.example.net"));
        assertThat(certificate.getNotAfter().toInstant()).isBefore(NOW.plusSeconds(826 * 86_400L));
    }

    @Test
    void namesAnAddressAsOne() throws Exception {
        X509Certificate certificate = SelfSignedCertificate.create("127.0.0.1", KeyKind.EC_P256, CLOCK)
                .certificate();
        assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(7, "127.0.0.1"));
    }

    @Test
    void goesThroughPemUnchanged() throws Exception {
        SelfSignedCertificate made = SelfSignedCertificate.create("relay.example.net", CLOCK);
        byte[] pem = made.certificatePem().getBytes(StandardCharsets.US_ASCII);
        assertThat(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)))
                .isEqualTo(made.certificate());
        String body = made.privateKeyPem().reveal().replaceAll("-----.*-----|\n", "");
        assertThat(KeyFactory.getInstance("RSA")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body))))
                .isEqualTo(made.privateKey());
        assertThat(((RSAPublicKey) made.certificate().getPublicKey())
                        .getModulus()
                        .bitLength())
                .isEqualTo(2048);
    }
}
