package io.sealpost.account;

import java.util.Locale;

/** What becomes of a mail whose From is not the account's; stored by name in lower case, so names stay. */
public enum HeaderFrom {
    /** It is refused, with the remedy. */
    REJECT,
    /** From becomes the account's own address, before signing; what stood there goes to Reply-To. */
    REWRITE;

    /** The value of the column {@code header_from}, and the word for screens. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #stored}; throws IllegalArgumentException for another word. */
    public static HeaderFrom ofStored(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
