package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * App passwords, for the commands: one for each device or application. Each change is committed with its row in {@code audit} and in
 * {@code change_feed} when the method returns. Every method throws {@link io.sealpost.database.StoreUnavailable} when the database is
 * away. Thread-safe.
 */
public interface AppPasswordAdministration {
    /**
     * Makes an app password, shown only now.
     *
     * @param label the device or application that gets it
     * @return refused: no such account; the label is blank or too long; a sender that the account may not send as; an end that is past
     */
    Outcome<NewAppPassword> create(EmailAddress account, String label, CredentialBounds bounds);

    /** The same, bound to nothing. */
    default Outcome<NewAppPassword> create(EmailAddress account, String label) {
        return create(account, label, CredentialBounds.NONE);
    }

    /** The app passwords of an account, oldest first. Refused: no such account. */
    Outcome<List<AppPassword>> list(EmailAddress account);

    /** One app password. Refused: no such account, or it has no such app password. */
    Outcome<AppPassword> find(EmailAddress account, long id);

    /**
     * Changes an app password; open sessions go on where it still allows them.
     *
     * @param label another one; empty: as it is
     * @param change its bounds from now on
     * @return refused: no such account or app password, or as {@link #create}
     */
    Outcome<AppPassword> update(
            EmailAddress account, long id, Optional<String> label, UnaryOperator<CredentialBounds> change);

    /** Revokes an app password, by its row; its sessions end. Refused: no such account, or it has no such app password. */
    Outcome<AppPassword> revoke(EmailAddress account, long id);

    /** Revokes all of an account. Refused: no such account. */
    Outcome<List<AppPassword>> revokeAll(EmailAddress account);
}
