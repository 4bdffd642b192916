package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How tenants and accounts appear, and their rules, for the commands. Each change is committed with its rows in {@code audit} and in
 * {@code change_feed}. Every method throws {@link io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface Profiles {
    /** Of the tenant of this name; refused when there is none. */
    Outcome<TenantProfile> ofTenant(String name);

    /**
     * Changes it; the audit row says what was before and after.
     *
     * @return refused when there is no such tenant, or it does not hold the domain of the sender of notices
     */
    Outcome<TenantProfile> changeTenant(String name, UnaryOperator<TenantProfile> change, Optional<String> reason);

    /** Of the account; refused when there is none. */
    Outcome<AccountProfile> ofAccount(EmailAddress address);

    /** Changes it; the audit row says what was before and after. Refused: no such account. */
    Outcome<AccountProfile> changeAccount(
            EmailAddress address, UnaryOperator<AccountProfile> change, Optional<String> reason);
}
