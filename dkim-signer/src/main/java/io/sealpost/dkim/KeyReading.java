package io.sealpost.dkim;

import java.security.PublicKey;

/** What {@link KeySelection} made of the DNS's answer. */
sealed interface KeyReading permits KeyReading.UsableKey, Fault {
    /**
     * A key that fits the signature.
     *
     * @param key to verify with
     * @param record where it stood
     */
    record UsableKey(PublicKey key, DkimKeyRecord record) implements KeyReading {}
}
