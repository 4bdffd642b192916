package io.sealpost.account.brake;

import io.sealpost.mail.EmailAddress;
import java.util.Optional;

/**
 * Whose account it is, as letters need it.
 *
 * @param account its row
 * @param tenant its tenant's row
 * @param address its address
 * @param name the owner's, where it is known
 * @param language the owner's, else the tenant's, where one is set
 */
public record Owner(
        long account, long tenant, EmailAddress address, Optional<String> name, Optional<String> language) {}
