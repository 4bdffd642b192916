package io.sealpost.relay.smtp;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
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
    /** The key store lives in memory only; nothing is encrypted in it. */
    static final char[] NO_PASSWORD = {};

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /**
     * Reads a chain, the server's own certificate first, and an unencrypted key: PKCS#8, PKCS#1 or EC ({@code openssl ecparam}).
     *
     * @throws ListenerFault with a plain sentence that names the file and what is wrong with it
     */
    public static ServerCertificate read(Path chainFile, Path keyFile) {
        List<X509Certificate> chain = readChain(chainFile);
        PrivateKey key = readKey(keyFile);
        if (!belongTogether(chain.get(0).getPublicKey(), key)) {
            throw new ListenerFault("The key in " + keyFile + " is not that of the certificate in " + chainFile);
        }
        return new ServerCertificate(chain, key);
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The server's own certificate and those behind it, as the file has them. */
    public List<X509Certificate> chain() {
        return chain;
    }

    KeyStore keyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store could not be made", e);
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
            throw new ListenerFault("A certificate in " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (chain.isEmpty()) {
            throw new ListenerFault(file + " has no certificate in it; a PEM file with the whole chain is wanted");
        }
        return chain;
    }

    private static PrivateKey readKey(Path file) {
        for (Object object : readObjects(file)) {
            if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
                throw new ListenerFault("The key in " + file + " is encrypted; an unencrypted PEM file is wanted");
            }
            Optional<PrivateKeyInfo> key = keyInfo(object);
            if (key.isPresent()) {
                return convert(file, key.get());
            }
        }
        throw new ListenerFault(file + " has no private key in it; a PEM file is wanted");
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
            throw new ListenerFault("The key in " + file + " cannot be read: " + e.getMessage(), e);
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
            throw new ListenerFault(file + " cannot be read: " + e.getMessage(), e);
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
