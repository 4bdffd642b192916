package io.sealpost.keys;

import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Reads private keys in PEM: PKCS#1 and PKCS#8 (RFC 7468 §10). */
public final class KeyPem {
    private KeyPem() {}

    /** The first private key in the text; refused when there is none, or it is encrypted, or of another kind. */
    public static Outcome<KeyMaterial> read(Secret pem) {
        Optional<String> other = Optional.empty();
        try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return KeyMaterial.of(pair.getPrivateKeyInfo());
                }
                if (found instanceof PrivateKeyInfo info) {
                    return KeyMaterial.of(info);
                }
                if (found instanceof PEMEncryptedKeyPair || found instanceof PKCS8EncryptedPrivateKeyInfo) {
                    return unfit(
                            "the key is encrypted; decrypt it first, with: openssl pkey -in <file> -out <new file>");
                }
                other = Optional.of(other.orElse(kind(found)));
            }
        } catch (IOException | RuntimeException e) { // Bouncy Castle throws many kinds for bytes that are no DER.
            return unfit("the key is damaged: its PEM cannot be read");
        }
        return unfit(other.map(kind -> "that is " + kind + "; the private key is needed")
                .orElse("there is no private key in PEM (\"-----BEGIN PRIVATE KEY-----\" or \"-----BEGIN RSA PRIVATE"
                        + " KEY-----\")"));
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
