package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import java.time.Instant;
import java.util.Objects;

/**
 * What may be shown of an account.
 *
 * @param id its row
 * @param tenant its tenant's row
 * @param address as given when it was added; the login
 * @param state whether it may be used
 * @param login by which passwords it can log in
 * @param created when it was added
 */
public record Account(
        long id, long tenant, EmailAddress address, EntryState state, MainPassword login, Instant created) {
    /** Whether an account has a main password. */
    public enum MainPassword {
        /** It logs in with its main password, and with its app passwords. */
        SET,
        /** It logs in with app passwords only. */
        NONE
    }

    /** Throws when a part is null. */
    public Account {
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(state, "state is null");
        Objects.requireNonNull(login, "login is null");
        Objects.requireNonNull(created, "created is null");
    }
}
