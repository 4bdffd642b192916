package io.sealpost.account;

import java.util.Locale;

/** Whether a tenant or an account may be used; stored by name in lower case, so names stay. */
public enum EntryState {
    /** It may log in and send. */
    ACTIVE,
    /** It may not, until it is enabled again. */
    DISABLED;

    /** The value of the column {@code state}, and the word for screens. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #stored}; throws IllegalArgumentException for another word. */
    public static EntryState ofStored(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
