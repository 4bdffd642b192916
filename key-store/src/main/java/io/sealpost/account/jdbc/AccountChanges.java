package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.Tenant;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.Transactions;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the changes of accounts, app passwords and senders have in common. Thread-safe. */
final class AccountChanges {
    private final Changes changes;

    AccountChanges(Changes changes) {
        this.changes = changes;
    }

    /** A change of one account. */
    interface AccountWork<T> {
        /** Runs in the transaction that has locked the account. */
        Outcome<T> in(Handle handle, Account account);
    }

    Instant now() {
        return changes.now();
    }

    <T> T read(Transactions.Work<T> work) {
        return changes.read(work);
    }

    <T> Outcome<T> run(String exists, Transactions.Work<Outcome<T>> work) {
        return changes.run(exists, work);
    }

    /** Locks the account and changes it; refused when there is none. */
    <T> Outcome<T> onAccount(EmailAddress address, AccountWork<T> work) {
        return changes.run(
                "it is there already",
                handle -> AccountSql.lockAccount(handle, address)
                        .map(account -> work.in(handle, account))
                        .orElseGet(() -> unknown(address)));
    }

    /** Reads of one account; refused when there is none. */
    <T> Outcome<T> ofAccount(EmailAddress address, AccountWork<T> work) {
        return changes.read(handle -> AccountSql.account(handle, address)
                .map(account -> work.in(handle, account))
                .orElseGet(() -> unknown(address)));
    }

    void record(Handle handle, Account account, String action, Map<String, String> details, ChangeKind kind) {
        String address = account.address().folded();
        changes.record(
                handle,
                new Changes.Done(account.tenant(), action, address, details, kind, Long.toString(account.id())));
    }

    void recordTenant(Handle handle, Tenant tenant, String action, Map<String, String> details) {
        String id = Long.toString(tenant.id());
        changes.record(handle, new Changes.Done(tenant.id(), action, tenant.name(), details, ChangeKind.TENANT, id));
    }

    static String shown(EmailAddress address) {
        return ForeignText.escape(address.toString());
    }

    static <T> Outcome<T> unknown(EmailAddress address) {
        return Outcome.refused(Kind.UNKNOWN, "there is no account " + shown(address));
    }

    static <T> Outcome<T> notHeld(MailDomain domain) {
        return Outcome.refused(
                Kind.NOT_HELD,
                "the account's tenant does not hold the domain " + domain + "; add it first, with: sealpost domain add "
                        + domain);
    }
}
