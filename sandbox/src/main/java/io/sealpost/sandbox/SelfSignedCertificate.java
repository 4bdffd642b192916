package io.sealpost.sandbox;

import io.sealpost.mail.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A TLS server certificate that signed itself, with its private key; made in memory. Immutable and safe for threads. */
public final class SelfSignedCertificate {
    // The longest life that mail programs on Apple systems take from a certificate they were told to trust.
    private static final Duration LONGEST_LIFE = Duration.ofDays(825);
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);
    private static final Duration LIFETIME = LONGEST_LIFE.minus(CLOCK_SKEW);
    private static final int MAX_COMMON_NAME = 64;

    private final X509Certificate certificate;
    private final PrivateKey privateKey;

    private SelfSignedCertificate(X509Certificate certificate, PrivateKey privateKey) {
        this.certificate = certificate;
        this.privateKey = privateKey;
    }

    /** What kind of key a certificate holds. */
    public enum KeyKind {
        /** RSA with 2,048 bits: every client there is, old devices too. */
        RSA_2048("RSA", 2048, "SHA256withRSA"),
        /** ECDSA on P-256: made at once, for peers that are known to be new. */
        EC_P256("EC", 256, "SHA256withECDSA");

        private final String algorithm;
        private final int bits;
        private final String signature;

        KeyKind(String algorithm, int bits, String signature) {
            this.algorithm = algorithm;
            this.bits = bits;
            this.signature = signature;
        }
    }

    /** As {@link #create(String, KeyKind, Clock)} with an RSA key, which every client can use. */
    public static SelfSignedCertificate create(String hostname, Clock clock) {
        return create(hostname, KeyKind.RSA_2048, clock);
    }

    /**
     * Makes a fresh key and a certificate for it.
     *
     * @param hostname the host name or IP address that clients connect to; subject and subjectAltName
     * @param kind of the key
     * @param clock tells now: valid from a day before to 824 days after
     */
    public static SelfSignedCertificate create(String hostname, KeyKind kind, Clock clock) {
        Objects.requireNonNull(hostname, "hostname is null");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.algorithm);
            generator.initialize(kind.bits);
            KeyPair keys = generator.generateKeyPair();
            return new SelfSignedCertificate(certify(hostname, kind, keys, clock.instant()), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java cannot make a certificate", e);
        }
    }

    private static X509Certificate certify(String hostname, KeyKind kind, KeyPair keys, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, hostname.substring(0, Math.min(hostname.length(), MAX_COMMON_NAME)))
                .build();
        int nameKind = IPAddress.isValid(hostname) ? GeneralName.iPAddress : GeneralName.dNSName;
        var builder = new JcaX509v3CertificateBuilder(
                        subject,
                        new BigInteger(127, new SecureRandom())
                                .setBit(126), // positive, at most 20 octets (RFC 5280 §4.1.2.2)
                        Date.from(now.minus(CLOCK_SKEW)),
                        Date.from(now.plus(LIFETIME)),
                        subject,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(
                        Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(nameKind, hostname)));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(kind.signature).build(keys.getPrivate())));
    }

    /** The certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Its private key. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The certificate chain (one certificate) in PEM. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made has no encoding", e);
        }
    }

    /** The private key in PEM, PKCS#8 without a password: write it to a file of mode 0600 only. */
    public Secret privateKeyPem() {
        return new Secret(pem("PRIVATE KEY", privateKey.getEncoded()));
    }

    /** What a server needs to speak TLS with this certificate. */
    public SSLContext serverContext() {
        try {
            char[] noPassword = new char[0];
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", privateKey, noPassword, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance("NewSunX509");
            managers.init(keys, noPassword);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot serve TLS with its own certificate", e);
        }
    }

    private static String pem(String label, byte[] der) {
        byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, lineEnd).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
