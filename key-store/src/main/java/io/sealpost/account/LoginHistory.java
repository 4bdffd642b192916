package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.util.Map;
import java.util.Optional;

/** How an account was logged in to, for the commands; a minute behind at most. Thread-safe. */
public interface LoginHistory {
    /**
     * The last of each kind.
     *
     * @param byMainPassword the last login with the main password
     * @param refused the last refused one for each reason
     */
    record Seen(Optional<LoginUse> byMainPassword, Map<LoginResult.Cause, LoginUse> refused) {
        /** Copies the map. */
        public Seen {
            refused = Map.copyOf(refused);
        }
    }

    /** Refused: no such account. Throws {@link io.sealpost.database.StoreUnavailable} when the database is away. */
    Outcome<Seen> of(EmailAddress account);
}
