package io.sealpost.account;

import java.util.Locale;

/** Whether main passwords open SMTP; stored by name in lower case, so names stay. */
public enum MainPasswordUse {
    /** They do. */
    ALLOWED,
    /** App passwords only. */
    FORBIDDEN;

    /** The value of the column {@code main_password}, and the word for screens. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #stored}; throws IllegalArgumentException for another word. */
    public static MainPasswordUse ofStored(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
