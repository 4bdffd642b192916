package io.sealpost.account;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Tenants, accounts and what they may do, for the commands. Each change is committed with its row in {@code audit} and in {@code
 * change_feed} when the method returns. Every method throws {@link io.sealpost.database.StoreUnavailable} when the database is away.
 * Accounts are named by their address, however its case. Thread-safe.
 */
public interface AccountAdministration {
    /** Adds a tenant. Refused: the name is blank or too long, or there already. */
    Outcome<Tenant> addTenant(String name);

    /** All tenants, by name. */
    List<Tenant> tenants();

    /** The tenant of this name; empty when there is none. */
    Optional<Tenant> tenant(String name);

    /**
     * Disables a tenant with all its accounts, or enables it. Refused: no such tenant; the operator's is never disabled.
     *
     * @param reason why, for the audit trail; empty: nobody said
     */
    Outcome<Tenant> setTenantState(String name, EntryState state, Optional<String> reason);

    /** The same without a reason. */
    default Outcome<Tenant> setTenantState(String name, EntryState state) {
        return setTenantState(name, state, Optional.empty());
    }

    /**
     * Adds an account to a tenant.
     *
     * @param password its main password; empty: it logs in with app passwords only
     * @return refused when the tenant does not hold the domain, the address is an account already, or the password does not do
     */
    Outcome<Account> addAccount(long tenant, EmailAddress address, Optional<Secret> password);

    /** All accounts, by address. */
    List<Account> accounts();

    /** How many accounts have an address of this domain, disabled ones too. */
    long accountsIn(MailDomain domain);

    /** The account; empty when there is none. */
    Optional<Account> account(EmailAddress address);

    /** Gives the account another main password, or its first. Refused: no such account; the password does not do. */
    Outcome<Account> setPassword(EmailAddress address, Secret password);

    /**
     * Disables or enables an account. Refused: no such account.
     *
     * @param reason why, for the audit trail; empty: nobody said
     */
    Outcome<Account> setState(EmailAddress address, EntryState state, Optional<String> reason);

    /** The same without a reason. */
    default Outcome<Account> setState(EmailAddress address, EntryState state) {
        return setState(address, state, Optional.empty());
    }

    /** Deletes an account with its app passwords and senders. Refused: no such account. */
    Outcome<Account> removeAccount(EmailAddress address);

    /** Lets an account send as others. Refused: no such account; its tenant does not hold the domain; it may already. */
    Outcome<SenderPattern> addSender(EmailAddress address, SenderPattern sender);

    /** Whom an account may send as beside itself, in order. Refused: no such account. */
    Outcome<List<SenderPattern>> senders(EmailAddress address);

    /** Takes that back. Refused: no such account, or it has no such sender. */
    Outcome<SenderPattern> removeSender(EmailAddress address, SenderPattern sender);
}
