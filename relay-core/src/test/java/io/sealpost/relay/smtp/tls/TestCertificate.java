package io.sealpost.relay.smtp.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate and its key, to be written as PEM; signed by itself unless somebody else does. */
public record TestCertificate(KeyPair keys, X509CertificateHolder certificate) {
    private static final String SUBJECT = "CN=relay.example";

    /** For {@code relay.example}, on P-256. */
    public static TestCertificate ec() {
        return ec("relay.example");
    }

    /** For {@code relay.example}, RSA. */
    public static TestCertificate rsa() {
        return rsa("relay.example");
    }

    /** For these names, on P-256. */
    public static TestCertificate ec(String... names) {
        return selfSigned(keys("EC", 256), Life.days(), names);
    }

    /** For these names, RSA. */
    public static TestCertificate rsa(String... names) {
        return selfSigned(keys("RSA", 2048), Life.days(), names);
    }

    /** From when to when. */
    public record Life(Instant begin, Instant end) {
        /** Yesterday to tomorrow. */
        static Life days() {
            Instant now = Instant.now();
            return new Life(now.minus(1, ChronoUnit.DAYS), now.plus(1, ChronoUnit.DAYS));
        }
    }

    static TestCertificate during(Life life, String... names) {
        return selfSigned(keys("EC", 256), life, names);
    }

    /** The same names and key, signed by another. */
    TestCertificate signedBy(TestCertificate issuer, String... names) {
        return new TestCertificate(keys, sign(issuer.keys, "CN=authority", keys, SUBJECT, Life.days(), names));
    }

    static TestCertificate authority() {
        KeyPair keys = keys("EC", 256);
        return new TestCertificate(keys, sign(keys, "CN=authority", keys, "CN=authority", Life.days()));
    }

    private static TestCertificate selfSigned(KeyPair keys, Life life, String... names) {
        return new TestCertificate(keys, sign(keys, SUBJECT, keys, SUBJECT, life, names));
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509CertificateHolder sign(
            KeyPair by, String issuer, KeyPair keys, String subject, Life life, String... names) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(life.begin()),
                    Date.from(life.end()),
                    new X500Name(subject),
                    keys.getPublic());
            if (names.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(Stream.of(names)
                                .map(name -> new GeneralName(GeneralName.dNSName, name))
                                .toArray(GeneralName[]::new)));
            }
            String signature = by.getPrivate().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return builder.build(new JcaContentSignerBuilder(signature).build(by.getPrivate()));
        } catch (IOException | OperatorCreationException e) {
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

    /** Writes both files, named so that several pairs have room in one directory. */
    public CertificateFiles writeTo(Path directory, String name) {
        return writeTo(directory, name, this);
    }

    /** As {@link #writeTo(Path, String)}, with these certificates as the chain. */
    CertificateFiles writeTo(Path directory, String name, TestCertificate... chain) {
        try {
            String[] pems = new String[chain.length];
            for (int i = 0; i < chain.length; i++) {
                pems[i] = pem(chain[i].certificate);
            }
            return new CertificateFiles(
                    write(directory.resolve(name + "-chain.pem"), pems),
                    write(directory.resolve(name + "-key.pem"), pkcs8(keys.getPrivate())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Sealpost reads it from two files in the directory. */
    ServerCertificate read(Path directory) {
        return ServerCertificate.read(writeTo(directory, "one"));
    }

    /** A server that shows it as {@code relay.example}. */
    public ServerTls serve(Path directory) {
        return new ServerTls(new TlsIdentity("relay.example", List.of(read(directory))));
    }
}
