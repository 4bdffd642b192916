package io.sealpost.relay.smtp;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A self-signed certificate and its key, to be written as PEM. */
record TestCertificate(KeyPair keys, X509CertificateHolder certificate) {
    static TestCertificate ec() {
        return make("EC", 256, "SHA256withECDSA");
    }

    static TestCertificate rsa() {
        return make("RSA", 2048, "SHA256withRSA");
    }

    private static TestCertificate make(String algorithm, int bits, String signature) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=relay.example");
            Instant now = Instant.now();
            return new TestCertificate(
                    keys,
                    new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minus(1, ChronoUnit.DAYS)),
                                    Date.from(now.plus(1, ChronoUnit.DAYS)),
                                    name,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    static String pkcs8(PrivateKey key) throws IOException {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    static Path write(Path file, String... pems) throws IOException {
        return Files.writeString(file, String.join("", pems), StandardCharsets.US_ASCII);
    }

    /** As Sealpost reads it from two files in the directory. */
    ServerCertificate read(Path directory) throws IOException {
        return ServerCertificate.read(
                write(directory.resolve("chain.pem"), pem(certificate)),
                write(directory.resolve("key.pem"), pkcs8(keys.getPrivate())));
    }
}
