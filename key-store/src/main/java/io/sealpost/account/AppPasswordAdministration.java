package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.util.List;

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

    /** Revokes an app password, by its row; its sessions end. Refused: no such account, or it has no such app password. */
    Outcome<AppPassword> revoke(EmailAddress account, long id);
}
