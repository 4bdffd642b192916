package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import java.util.Objects;

/**
 * An account that has logged in.
 *
 * @param tenant its tenant's row
 * @param account its row
 * @param address as given when it was added
 * @param credential what it logged in with
 * @param origin from where
 */
public record AuthenticatedAccount(
        long tenant, long account, EmailAddress address, Credential credential, Origin origin) {
    /** Throws when a part is null. */
    public AuthenticatedAccount {
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(credential, "credential is null");
        Objects.requireNonNull(origin, "origin is null");
    }
}
