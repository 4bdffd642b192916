package io.sealpost.dkim;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** The public halves: from {@code p=} to a key, and from a key to yes or no. Foreign bytes never throw. Thread-safe. */
final class PublicKeys {
    private static final int RAW_ED25519 = 32;
    private static final ASN1ObjectIdentifier ED25519_OID = new ASN1ObjectIdentifier("1.3.101.112"); // RFC 8410 §3

    private final Provider rsa;
    private final Provider ed25519;

    PublicKeys(Provider rsa, Provider ed25519) {
        this.rsa = rsa;
        this.ed25519 = ed25519;
    }

    /** The key in {@code p=}; empty when the bytes are none of this algorithm. */
    Optional<PublicKey> parse(SigningAlgorithm algorithm, byte[] value) {
        if (algorithm == SigningAlgorithm.RSA_SHA256) {
            // RFC 6376 §3.6.1 says RSAPublicKey, its examples and nearly everybody SubjectPublicKeyInfo (erratum 3017).
            return key("RSA", rsa, new X509EncodedKeySpec(value)).or(() -> bareRsa(value));
        }
        if (value.length != RAW_ED25519) { // RFC 8463 §4: the raw key.
            return Optional.empty();
        }
        try {
            AlgorithmIdentifier kind = new AlgorithmIdentifier(ED25519_OID);
            byte[] spki = new SubjectPublicKeyInfo(kind, value).getEncoded();
            return key("Ed25519", ed25519, new X509EncodedKeySpec(spki));
        } catch (IOException e) {
            throw new IllegalStateException("32 bytes always have a DER form", e);
        }
    }

    /** Whether the signature over the first bytes of an array holds. RFC 8463 §3: Ed25519 signs their SHA-256 digest. */
    boolean verifies(SigningAlgorithm algorithm, PublicKey key, ByteBuilder text, byte[] signature) {
        if (algorithm == SigningAlgorithm.RSA_SHA256) {
            return verifies("SHA256withRSA", rsa, key, text.toArray(), signature);
        }
        MessageDigest digest = DkimSigner.sha256();
        digest.update(text.array(), 0, text.length());
        return verifies("Ed25519", ed25519, key, digest.digest(), signature);
    }

    private static boolean verifies(String name, Provider provider, PublicKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(name, provider);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // A signature of a wrong length, or a key that this provider cannot work with.
        }
    }

    private Optional<PublicKey> bareRsa(byte[] value) {
        try {
            RSAPublicKey bare = RSAPublicKey.getInstance(value);
            return key("RSA", rsa, new RSAPublicKeySpec(bare.getModulus(), bare.getPublicExponent()));
        } catch (IllegalArgumentException | ClassCastException e) {
            return Optional.empty(); // Not that form either.
        }
    }

    private static Optional<PublicKey> key(String name, Provider provider, KeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(name, provider).generatePublic(spec));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider.getName() + " lost " + name, e);
        }
    }

    /** The raw Ed25519 key or the SubjectPublicKeyInfo: the bytes of {@code p=}. */
    static byte[] recordValue(SigningAlgorithm algorithm, PublicKey key) {
        byte[] spki = key.getEncoded();
        return algorithm == SigningAlgorithm.RSA_SHA256
                ? spki
                : Arrays.copyOfRange(spki, spki.length - RAW_ED25519, spki.length);
    }
}
