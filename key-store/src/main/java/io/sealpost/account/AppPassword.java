package io.sealpost.account;

import java.time.Instant;
import java.util.Objects;

/**
 * What may be shown of an app password.
 *
 * @param id its row, the credential of {@link AuthenticatedAccount}
 * @param account its account's row
 * @param label the device or application that has it, in the owner's words (escape before showing)
 * @param created when it was made
 * @param bounds what it is bound to
 */
public record AppPassword(long id, long account, String label, Instant created, CredentialBounds bounds) {
    /** Throws when a part is null. */
    public AppPassword {
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(created, "created is null");
        Objects.requireNonNull(bounds, "bounds is null");
    }
}
