package io.sealpost.keys;

import java.security.PrivateKey;

/**
 * Turns an opened PKCS#8 key into one that signs fast: the composition root joins it to the signer's provider, which this module
 * does not know.
 */
public interface KeyParser {
    /** Throws IllegalArgumentException when the bytes are no key of this algorithm. */
    PrivateKey parse(KeyAlgorithm algorithm, byte[] pkcs8);
}
