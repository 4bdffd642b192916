package io.sealpost.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that lies in the database wrapped by the {@link MasterKey}. Thread-safe; cannot print itself. */
public final class DataKey {
    private final long id;
    private final KeyPurpose purpose;
    private final byte[] bytes;

    DataKey(long id, KeyPurpose purpose, byte[] bytes) {
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException("a data key has 32 bytes");
        }
        this.id = id;
        this.purpose = purpose;
        this.bytes = bytes.clone();
    }

    /** Its row. */
    public long id() {
        return id;
    }

    /** What it is for. */
    public KeyPurpose purpose() {
        return purpose;
    }

    /** HMAC-SHA-256 of the message under this key: 32 bytes. */
    public byte[] mac(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    byte[] seal(byte[] clear, String... belongsTo) {
        return AesGcm.seal(aes(), clear, belongsTo);
    }

    Optional<byte[]> open(byte[] sealed, String... belongsTo) {
        return AesGcm.open(aes(), sealed, belongsTo);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private SecretKey aes() {
        return new SecretKeySpec(bytes, "AES");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataKey key && key.id == id && Arrays.equals(key.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return "data key " + id + " (" + purpose.stored() + ")";
    }
}
