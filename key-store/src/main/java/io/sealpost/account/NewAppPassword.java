package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.util.Objects;

/**
 * An app password that was just made.
 *
 * @param shown what may be shown at any time
 * @param password the secret, which can be shown only now: nobody can find it out again
 */
public record NewAppPassword(AppPassword shown, Secret password) {
    /** Throws when a part is null. */
    public NewAppPassword {
        Objects.requireNonNull(shown, "shown is null");
        Objects.requireNonNull(password, "password is null");
    }
}
