package io.sealpost.keys;

import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.security.Provider;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Reads private keys in PEM: PKCS#1 and PKCS#8 (RFC 7468 §10), encrypted or not; and what OpenDKIM's tables and {@code rspamadm} write
 * without its frame: base64 of the DER, or of the 32 or 64 bytes of an Ed25519 key.
 */
public final class KeyPem {
    private static final int SEED = 32;
    private static final int SEED_AND_PUBLIC = 64;

    private KeyPem() {}

    /** Whether a passphrase is needed: by the frame of PKCS#8, or by the header field of OpenSSL's own old form. */
    public static boolean isEncrypted(Secret pem) {
        return pem.reveal().contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")
                || pem.reveal().contains("Proc-Type: 4,ENCRYPTED");
    }

    /** The first private key in the text; refused when there is none, or it is encrypted, or of another kind. */
    public static Outcome<KeyMaterial> read(Secret pem) {
        return read(pem, Optional.empty());
    }

    /** The same with the passphrase of an encrypted one; refused also when it is not the right one. */
    public static Outcome<KeyMaterial> read(Secret pem, Optional<Secret> passphrase) {
        if (!pem.reveal().contains("-----BEGIN ")) {
            return bare(pem);
        }
        Optional<String> other = Optional.empty();
        try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                Optional<Outcome<KeyMaterial>> key = key(found, passphrase);
                if (key.isPresent()) {
                    return key.get();
                }
                other = Optional.of(other.orElse(kind(found)));
            }
        } catch (IOException | RuntimeException e) { // Bouncy Castle throws many kinds for bytes that are no DER.
            return unfit("the key is damaged: its PEM cannot be read");
        }
        return unfit(other.map(kind -> "that is " + kind + "; the private key is needed")
                .orElse(none()));
    }

    private static Optional<Outcome<KeyMaterial>> key(Object found, Optional<Secret> passphrase) {
        if (found instanceof PEMKeyPair pair) {
            return Optional.of(KeyMaterial.of(pair.getPrivateKeyInfo()));
        }
        if (found instanceof PrivateKeyInfo info) {
            return Optional.of(KeyMaterial.of(info));
        }
        if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
            return Optional.of(passphrase
                    .map(given -> decrypted(found, given))
                    .orElseGet(() -> unfit("the key is encrypted; its passphrase is needed")));
        }
        return Optional.empty();
    }

    private static Outcome<KeyMaterial> decrypted(Object found, Secret passphrase) {
        Provider provider = new BouncyCastleProvider(); // Not registered: only this reading knows it.
        char[] word = passphrase.reveal().toCharArray();
        try {
            if (found instanceof PEMEncryptedKeyPair pair) {
                return KeyMaterial.of(pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(provider)
                                .build(word))
                        .getPrivateKeyInfo());
            }
            return KeyMaterial.of(((PKCS8EncryptedPrivateKeyInfo) found)
                    .decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                            .setProvider(provider)
                            .build(word)));
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            return unfit("the passphrase does not open the key, or the key is damaged");
        } finally {
            Arrays.fill(word, '\0');
        }
    }

    private static Outcome<KeyMaterial> bare(Secret text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.reveal().replaceAll("\\s", ""));
            if (bytes.length == SEED || bytes.length == SEED_AND_PUBLIC) {
                return KeyMaterial.ofEd25519(Arrays.copyOf(bytes, SEED));
            }
            ASN1Sequence sequence = ASN1Sequence.getInstance(bytes);
            boolean pkcs8 = sequence.size() > 1 && sequence.getObjectAt(1) instanceof ASN1Sequence;
            AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return KeyMaterial.of(
                    pkcs8
                            ? PrivateKeyInfo.getInstance(sequence)
                            : new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(sequence)));
        } catch (IOException | RuntimeException e) { // As above.
            return unfit(none());
        }
    }

    private static String none() {
        return "there is no private key in PEM (\"-----BEGIN PRIVATE KEY-----\" or \"-----BEGIN RSA PRIVATE KEY-----\")";
    }

    private static String kind(Object found) {
        return found instanceof SubjectPublicKeyInfo
                ? "a public key"
                : found instanceof X509CertificateHolder ? "a certificate" : "no key";
    }

    private static Outcome<KeyMaterial> unfit(String sentence) {
        return Outcome.refused(Kind.UNFIT, sentence);
    }
}
