package io.sealpost.keys;

import io.sealpost.keys.Problem.Kind;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** A private key in PKCS#8 with its public half, before it is sealed. Cannot print itself. */
public final class KeyMaterial {
    private static final int MIN_RSA_BITS = 1024; // RFC 8301 §3.2
    private static final int MAX_RSA_BITS = 4096;
    private static final AlgorithmIdentifier RSA =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

    private final KeyAlgorithm algorithm;
    private final int bits;
    private final byte[] pkcs8;
    private final String publicHalf;

    private KeyMaterial(KeyAlgorithm algorithm, int bits, byte[] pkcs8, byte[] publicHalf) {
        this.algorithm = algorithm;
        this.bits = bits;
        this.pkcs8 = pkcs8;
        this.publicHalf = Base64.getEncoder().encodeToString(publicHalf);
    }

    /** A fresh key; refused when the size is none that is made. */
    public static Outcome<KeyMaterial> generate(KeyAlgorithm algorithm, int bits) {
        if (algorithm == KeyAlgorithm.ED25519 && bits != NewKey.ED25519_BITS) {
            return unfit("an Ed25519 key always has 256 bits");
        }
        if (algorithm == KeyAlgorithm.RSA && (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || bits % 256 != 0)) {
            return unfit("an RSA key has 1024, 2048, 3072 or 4096 bits, not " + bits);
        }
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(algorithm == KeyAlgorithm.RSA ? "RSA" : "Ed25519");
            if (algorithm == KeyAlgorithm.RSA) {
                generator.initialize(bits);
            }
            return of(PrivateKeyInfo.getInstance(
                    generator.generateKeyPair().getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes RSA and Ed25519 keys", e);
        }
    }

    /** Takes a parsed PKCS#8 key; refused when it is neither RSA of an accepted size nor Ed25519, or its numbers do not fit. */
    static Outcome<KeyMaterial> of(PrivateKeyInfo info) {
        try {
            if (PKCSObjectIdentifiers.rsaEncryption.equals(
                    info.getPrivateKeyAlgorithm().getAlgorithm())) {
                return rsa(RSAPrivateKey.getInstance(info.parsePrivateKey()));
            }
            if (EdECObjectIdentifiers.id_Ed25519.equals(
                    info.getPrivateKeyAlgorithm().getAlgorithm())) {
                return ed25519(
                        ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
            }
            return unfit("the key is " + kind(info) + "; DKIM signs with RSA and Ed25519 keys");
        } catch (IOException | IllegalArgumentException e) {
            return unfit("the key is damaged");
        }
    }

    /** Takes the 32 bytes of an Ed25519 private key (RFC 8032 §5.1.5). */
    static Outcome<KeyMaterial> ofEd25519(byte[] seed) throws IOException {
        return ed25519(seed);
    }

    private static String kind(PrivateKeyInfo info) {
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        return X9ObjectIdentifiers.id_ecPublicKey.equals(kind) ? "an EC key" : "of another kind (" + kind + ")";
    }

    private static Outcome<KeyMaterial> rsa(RSAPrivateKey key) throws IOException {
        BigInteger modulus = key.getModulus();
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            return unfit("the RSA key has " + modulus.bitLength() + " bits; 1024 to 4096 are accepted, 2048 is best");
        }
        byte[] pkcs8 = new PrivateKeyInfo(RSA, key).getEncoded();
        byte[] spki = new SubjectPublicKeyInfo(RSA, new RSAPublicKey(modulus, key.getPublicExponent())).getEncoded();
        return belongTogether(pkcs8, spki)
                ? Outcome.done(new KeyMaterial(KeyAlgorithm.RSA, modulus.bitLength(), pkcs8, spki))
                : unfit("the key is damaged: its numbers do not belong together");
    }

    /** RFC 8463 §4: the record holds the raw key. RFC 8410's newer form with the public key inside is brought to the plain one. */
    private static Outcome<KeyMaterial> ed25519(byte[] seed) throws IOException {
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
            return unfit("the Ed25519 key has not 32 bytes");
        }
        byte[] raw = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        AlgorithmIdentifier ed25519 = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        byte[] pkcs8 = new PrivateKeyInfo(ed25519, new DEROctetString(seed)).getEncoded();
        return Outcome.done(new KeyMaterial(KeyAlgorithm.ED25519, NewKey.ED25519_BITS, pkcs8, raw));
    }

    private static boolean belongTogether(byte[] pkcs8, byte[] spki) {
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(spki));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(privateKey);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Outcome<KeyMaterial> unfit(String sentence) {
        return Outcome.refused(Kind.UNFIT, sentence);
    }

    /** RSA or Ed25519. */
    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** The size of the modulus; 256 for Ed25519. */
    public int bits() {
        return bits;
    }

    /** A copy of the private key in PKCS#8. */
    public byte[] pkcs8() {
        return pkcs8.clone();
    }

    /** The value of {@code p=}. */
    public String publicHalf() {
        return publicHalf;
    }

    /** Forgets the private half as well as Java can. */
    public void wipe() {
        Arrays.fill(pkcs8, (byte) 0);
    }

    @Override
    public String toString() {
        return algorithm + " key (hidden)";
    }
}
