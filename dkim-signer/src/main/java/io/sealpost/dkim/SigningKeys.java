package io.sealpost.dkim;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys and signatures by the fastest provider that loads: Amazon Corretto, else the JDK, for RSA; Bouncy Castle for Ed25519, where
 * Corretto offers no key factory. Chosen once, used explicitly, never installed for the whole process. Thread-safe.
 *
 * <p>A key is parsed by the provider that will sign with it and kept: a foreign one would be translated at each signature.
 */
public final class SigningKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    private static final int LEAST_RSA_BITS = 1024; // RFC 8301 §3.2
    private static final int MOST_RSA_BITS = 4096;
    private static final int ED25519_BITS = 256;

    private final Provider rsa;
    private final Provider ed25519;

    SigningKeys(Provider rsa, Provider ed25519) {
        this.rsa = rsa;
        this.ed25519 = ed25519;
    }

    /** Takes what loads on this machine and logs it. */
    public static SigningKeys choose() {
        AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        SigningKeys chosen =
                corretto.getLoadingError() == null ? new SigningKeys(corretto, new BouncyCastleProvider()) : plain();
        LOG.info("DKIM signing by {}", chosen);
        return chosen;
    }

    /** The ones that load everywhere. */
    static SigningKeys plain() {
        return new SigningKeys(Security.getProvider("SunRsaSign"), new BouncyCastleProvider());
    }

    /**
     * A private key to keep. Throws IllegalArgumentException when the bytes are no PKCS#8 key of this algorithm, or an RSA key under
     * 1024 or over 4096 bits.
     */
    public PrivateKey parse(SigningAlgorithm algorithm, byte[] pkcs8) {
        try {
            PrivateKey key = KeyFactory.getInstance(name(algorithm), provider(algorithm))
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAKey rsaKey) {
                requireBits(algorithm, rsaKey.getModulus().bitLength());
            }
            return key;
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("not a private key for " + algorithm.tag(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider(algorithm) + " lost " + algorithm, e);
        }
    }

    /** A fresh pair. Throws IllegalArgumentException unless {@code bits} is 1024 to 4096 for RSA, 256 for Ed25519. */
    public KeyPair generate(SigningAlgorithm algorithm, int bits) {
        requireBits(algorithm, bits);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name(algorithm), provider(algorithm));
            if (algorithm == SigningAlgorithm.RSA_SHA256) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(provider(algorithm) + " lost " + algorithm, e);
        }
    }

    /** The other side, by the same providers. */
    PublicKeys publicKeys() {
        return new PublicKeys(rsa, ed25519);
    }

    /** A signature over the first bytes of an array. RFC 8463 §3: Ed25519 signs their SHA-256 digest. */
    byte[] sign(SigningAlgorithm algorithm, PrivateKey key, byte[] bytes, int length) {
        try {
            if (algorithm == SigningAlgorithm.RSA_SHA256) {
                return signature("SHA256withRSA", rsa, key, bytes, length);
            }
            MessageDigest digest = DkimSigner.sha256();
            digest.update(bytes, 0, length);
            byte[] hash = digest.digest();
            return signature("Ed25519", ed25519, key, hash, hash.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was parsed does not sign", e);
        }
    }

    private static byte[] signature(String name, Provider provider, PrivateKey key, byte[] bytes, int length)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name, provider);
        signature.initSign(key);
        signature.update(bytes, 0, length);
        return signature.sign();
    }

    private static void requireBits(SigningAlgorithm algorithm, int bits) {
        boolean fits = algorithm == SigningAlgorithm.RSA_SHA256
                ? bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS
                : bits == ED25519_BITS;
        if (!fits) {
            throw new IllegalArgumentException("a key of " + bits + " bits is not for " + algorithm.tag());
        }
    }

    private static String name(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.RSA_SHA256 ? "RSA" : "Ed25519";
    }

    private Provider provider(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.RSA_SHA256 ? rsa : ed25519;
    }

    /** Which providers were chosen. */
    @Override
    public String toString() {
        return "RSA: " + rsa.getName() + ", Ed25519: " + ed25519.getName();
    }
}
