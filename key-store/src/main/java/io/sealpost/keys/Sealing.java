package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.nio.ByteBuffer;

/**
 * Seals private DKIM keys (AES-256-GCM under the data key for DKIM), each to its own row: key id, domain, selector, algorithm, public
 * half and the version of this format are authenticated, so that a sealed key opens nowhere but where it belongs. Thread-safe.
 */
public final class Sealing {
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 1 + Long.BYTES;

    private final DataKeys dataKeys;

    /** Seals and opens with these data keys. */
    public Sealing(DataKeys dataKeys) {
        this.dataKeys = dataKeys;
    }

    /**
     * The row that a sealed key belongs to.
     *
     * @param id the key's row
     * @param domain its domain
     * @param selector its selector
     * @param algorithm its algorithm
     * @param publicHalf the value of {@code p=}
     */
    public record Place(long id, MailDomain domain, String selector, KeyAlgorithm algorithm, String publicHalf) {
        private String[] parts() {
            return new String[] {
                "dkim-key",
                String.valueOf(FORMAT),
                Long.toString(id),
                domain.ascii(),
                selector,
                algorithm.tag(),
                publicHalf
            };
        }
    }

    /** The key sealed to its place: one byte of format, the data key's id, then nonce, ciphertext and tag. */
    public byte[] seal(byte[] pkcs8, Place place) {
        DataKey key = dataKeys.of(KeyPurpose.DKIM);
        byte[] sealed = key.seal(pkcs8, place.parts());
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .put(FORMAT)
                .putLong(key.id())
                .put(sealed)
                .array();
    }

    /** The key in PKCS#8, which the caller should wipe; throws {@link SealBroken} when it does not belong to this place. */
    public byte[] open(byte[] sealed, Place place) {
        if (sealed.length < HEADER_BYTES || sealed[0] != FORMAT) {
            throw broken(place);
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        DataKey key = dataKeys.of(KeyPurpose.DKIM, buffer.getLong(1));
        byte[] rest = new byte[sealed.length - HEADER_BYTES];
        buffer.get(HEADER_BYTES, rest);
        return key.open(rest, place.parts()).orElseThrow(() -> broken(place));
    }

    private static SealBroken broken(Place place) {
        return new SealBroken("the private key of " + place.selector() + "._domainkey." + place.domain() + " (key "
                + place.id() + ") does not open: its row was damaged or altered");
    }
}
