package io.sealpost.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be shown of an app password.
 *
 * @param id its row, the credential of {@link AuthenticatedAccount}
 * @param account its account's row
 * @param label the device or application that has it, in the owner's words (escape before showing)
 * @param created when it was made
 * @param bounds what it is bound to
 * @param kind whether somebody knows it, or a device is known without
 * @param lastUse its last login, a minute behind at most; empty: never
 */
public record AppPassword(
        long id,
        long account,
        String label,
        Instant created,
        CredentialBounds bounds,
        Kind kind,
        Optional<LoginUse> lastUse) {
    /** How a client shows that it is its own. */
    public enum Kind {
        /** By the password. */
        PASSWORD,
        /** By its network and sender alone. */
        DEVICE
    }

    /** Throws when a part is null. */
    public AppPassword {
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(created, "created is null");
        Objects.requireNonNull(bounds, "bounds is null");
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(lastUse, "lastUse is null");
    }

    /** When it was last used, or made where it never was. */
    public Instant lastSeen() {
        return lastUse.map(LoginUse::at).orElse(created);
    }
}
