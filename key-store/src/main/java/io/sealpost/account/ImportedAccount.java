package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * An account that another server had.
 *
 * @param tenant the name of its tenant
 * @param address its login
 * @param displayName the owner's name
 * @param hash of its main password
 */
public record ImportedAccount(String tenant, EmailAddress address, Optional<String> displayName, ImportedHash hash) {
    /** Throws IllegalArgumentException with a plain sentence when the name does not do. */
    public ImportedAccount {
        Objects.requireNonNull(tenant, "tenant is null");
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(hash, "hash is null");
        ProfileText.checkName(displayName);
    }
}
