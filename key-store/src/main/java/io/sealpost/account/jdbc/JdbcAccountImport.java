package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AccountImport;
import io.sealpost.account.ImportedAccount;
import io.sealpost.account.Tenant;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.ForeignText;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes accounts over into MariaDB. Thread-safe. */
public final class JdbcAccountImport implements AccountImport {
    private final AccountChanges changes;

    /** Changes things as the actor of {@code changes}. */
    public JdbcAccountImport(Changes changes) {
        this.changes = new AccountChanges(changes);
    }

    @Override
    public Outcome<Result> take(ImportedAccount account) {
        Outcome<Result> before = look(account);
        if (!before.equals(Outcome.done(Result.ADDED))) {
            return before;
        }
        Outcome<Result> ended = changes.run("", handle -> {
            Optional<Tenant> tenant = AccountSql.tenant(handle, account.tenant())
                    .flatMap(found -> AccountSql.lockTenant(handle, found.id()));
            Outcome<Result> now = look(handle, account, tenant);
            if (now.equals(Outcome.done(Result.ADDED))) {
                insert(handle, account, tenant.orElseThrow());
            }
            return now;
        });
        boolean another = ended instanceof Outcome.Refused<Result> refused
                && refused.problem().kind() == Kind.ALREADY_THERE;
        return another ? Outcome.done(Result.UNCHANGED) : ended;
    }

    private void insert(Handle handle, ImportedAccount account, Tenant tenant) {
        long id = AccountSql.insertAccount(
                handle,
                tenant.id(),
                account.address(),
                Optional.of(account.hash().stored()),
                changes.now());
        account.displayName()
                .ifPresent(name -> ProfileSql.setAccount(
                        handle, id, ProfileSql.account(handle, id).withDisplayName(Optional.of(name))));
        Account added = AccountSql.account(handle, account.address()).orElseThrow();
        changes.record(
                handle, added, "account.import", Map.of("scheme", account.hash().scheme()), ChangeKind.ACCOUNT);
    }

    @Override
    public Outcome<Result> look(ImportedAccount account) {
        return changes.read(handle -> look(handle, account, AccountSql.tenant(handle, account.tenant())));
    }

    private static Outcome<Result> look(Handle handle, ImportedAccount account, Optional<Tenant> tenant) {
        if (AccountSql.accountId(handle, account.address().folded()).isPresent()) {
            return Outcome.done(Result.UNCHANGED);
        }
        if (tenant.isEmpty()) {
            return Outcome.refused(Kind.UNKNOWN, "there is no tenant " + ForeignText.escape(account.tenant()));
        }
        boolean held = AccountSql.holder(handle, account.address().domain())
                .filter(holder -> holder == tenant.get().id())
                .isPresent();
        return held
                ? Outcome.done(Result.ADDED)
                : AccountChanges.notHeld(account.address().domain());
    }
}
