package io.sealpost.keys;

import java.util.List;

/** What {@link Keys#activeFor} found. */
public sealed interface KeyLookup {
    /**
     * Keys to sign with.
     *
     * @param keys at least one, RSA first
     */
    record ActiveKeys(List<ActiveKey> keys) implements KeyLookup {
        /** Throws IllegalArgumentException without a key. */
        public ActiveKeys {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
        }
    }

    /** None; the message is refused or held, never sent unsigned. */
    record NoActiveKey(Cause cause) implements KeyLookup {}

    /** Why there is none. */
    enum Cause {
        /** The tenant holds no such domain. */
        UNKNOWN_DOMAIN,
        /** The tenant has claimed the domain, and its records were not seen yet. */
        NOT_PROVEN,
        /** The domain is external, and its records are gone for longer than the grace period. */
        DELEGATION_GONE,
        /** The domain has no key at all. */
        NO_KEY,
        /** Its keys wait for their records: {@code dkim activate}. */
        ONLY_PENDING,
        /** Its keys are retiring, retired or failed. */
        ONLY_RETIRED
    }
}
