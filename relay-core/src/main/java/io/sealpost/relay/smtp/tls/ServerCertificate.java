package io.sealpost.relay.smtp.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** A certificate chain and its private key, as read from PEM files and checked to belong together. Immutable. */
public final class ServerCertificate {
    private static final int DNS_NAME = 2; // RFC 5280 §4.2.1.6: GeneralName's dNSName.

    private final CertificateFiles files;
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(CertificateFiles files, List<X509Certificate> chain, PrivateKey key) {
        this.files = files;
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Reads a chain, the server's own certificate first, and an unencrypted key: PKCS#8, PKCS#1 or EC ({@code openssl ecparam}).
     *
     * @throws CertificateFault with a plain sentence that names the file and what is wrong with it
     */
    public static ServerCertificate read(CertificateFiles files) {
        Path chainFile = files.certificate();
        Path keyFile = files.privateKey();
        List<X509Certificate> chain = readChain(chainFile);
        PrivateKey key = readKey(keyFile);
        if (!belongTogether(chain.get(0).getPublicKey(), key)) {
            throw new CertificateFault("The key in " + keyFile + " is not that of the certificate in " + chainFile);
        }
        return new ServerCertificate(files, chain, key);
    }

    /** Where it was read from. */
    public CertificateFiles files() {
        return files;
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The server's own certificate and those behind it, as the file has them. */
    public List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /** {@code RSA}, {@code EC}, …: of the key. */
    public String algorithm() {
        return certificate().getPublicKey().getAlgorithm();
    }

    /** Whether it holds for this host name, in small letters; a wildcard stands for the whole leftmost label (RFC 6125 §6.4.3). */
    public boolean isFor(String host) {
        return names().stream()
                .anyMatch(name -> name.equals(host)
                        || (name.startsWith("*.") && name.substring(1).equals(host.replaceFirst("^[^.]+", ""))));
    }

    /** The host names that it is for, in small letters: of its subjectAltName, since clients read no other. */
    public List<String> names() {
        try {
            Collection<List<?>> names = certificate().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(DNS_NAME))
                            .map(name -> name.get(1).toString().toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static List<X509Certificate> readChain(Path file) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Object object : readObjects(file)) {
                if (object instanceof X509CertificateHolder holder) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(holder));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new CertificateFault("A certificate in " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (chain.isEmpty()) {
            throw new CertificateFault(file + " has no certificate in it; a PEM file with the whole chain is wanted");
        }
        return chain;
    }

    private static PrivateKey readKey(Path file) {
        for (Object object : readObjects(file)) {
            if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new CertificateFault("The key in " + file + " is encrypted; an unencrypted PEM file is wanted");
            }
            Optional<PrivateKeyInfo> key = keyInfo(object);
            if (key.isPresent()) {
                return convert(file, key.get());
            }
        }
        throw new CertificateFault(file + " has no private key in it; a PEM file is wanted");
    }

    private static Optional<PrivateKeyInfo> keyInfo(Object object) {
        if (object instanceof PEMKeyPair pair) {
            return Optional.of(pair.getPrivateKeyInfo());
        }
        return object instanceof PrivateKeyInfo info ? Optional.of(info) : Optional.empty();
    }

    private static PrivateKey convert(Path file, PrivateKeyInfo info) {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(info);
        } catch (IOException e) {
            throw new CertificateFault("The key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Object> readObjects(Path file) {
        List<Object> objects = new ArrayList<>();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PEMParser parser = new PEMParser(text)) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException e) {
            throw new CertificateFault(file + " cannot be read: " + e.getMessage(), e);
        }
        return objects;
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        byte[] probe = "sealpost".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(
                    switch (publicKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> publicKey.getAlgorithm();
                    });
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // A key of another algorithm.
        }
    }
}
