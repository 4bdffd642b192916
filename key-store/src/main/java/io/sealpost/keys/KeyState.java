package io.sealpost.keys;

import java.util.Locale;

/** The life of a DKIM key; stored by name in lower case, so names stay. */
public enum KeyState {
    /** Made; its record was not seen yet, so it does not sign. */
    PENDING,
    /** Its record was seen: it signs. */
    ACTIVE,
    /** Its record still stands, for signatures under way; it signs no more. */
    RETIRING,
    /** Out of use; its record may go. */
    RETIRED,
    /** Never came into use. */
    FAILED;

    /** The value of the column {@code state}, and the word for screens. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #stored}; throws IllegalArgumentException for another word. */
    public static KeyState ofStored(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** Whether a signature of this key may be out: its record is in the DNS. */
    public boolean published() {
        return this == ACTIVE || this == RETIRING;
    }
}
