package io.sealpost.account.jdbc;

import io.sealpost.account.Account;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.EntryState;
import io.sealpost.account.PasswordHasher;
import io.sealpost.account.PasswordRules;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tenants and accounts in MariaDB. Thread-safe. */
public final class JdbcAccountAdministration implements AccountAdministration {
    private static final int MAX_TENANT_NAME = 100;

    private final AccountChanges changes;
    private final PasswordHasher hasher;
    private final PasswordRules rules = new PasswordRules();
    private final SenderChanges senders;

    /** Changes things as the actor of {@code changes}. */
    public JdbcAccountAdministration(Changes changes, PasswordHasher hasher) {
        this.changes = new AccountChanges(changes);
        this.hasher = hasher;
        this.senders = new SenderChanges(this.changes);
    }

    @Override
    public Outcome<Tenant> addTenant(String name) {
        String shown = ForeignText.escape(name);
        boolean printable = name.codePoints().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > MAX_TENANT_NAME || !printable) {
            return Outcome.refused(Kind.UNFIT, "a tenant's name has 1 to " + MAX_TENANT_NAME + " printable characters");
        }
        String exists = "the tenant " + shown + " is there already";
        return changes.run(exists, handle -> {
            if (AccountSql.tenant(handle, name).isPresent()) {
                return Outcome.refused(Kind.ALREADY_THERE, exists);
            }
            Tenant added = new Tenant(AccountSql.insertTenant(handle, name), name, EntryState.ACTIVE);
            changes.recordTenant(handle, added, "tenant.add", Map.of());
            return Outcome.done(added);
        });
    }

    @Override
    public List<Tenant> tenants() {
        return changes.read(AccountSql::tenants);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return changes.read(handle -> AccountSql.tenant(handle, name));
    }

    @Override
    public Outcome<Tenant> setTenantState(String name, EntryState state, Optional<String> reason) {
        return changes.run("", handle -> {
            Optional<Tenant> tenant = AccountSql.tenant(handle, name);
            if (tenant.isEmpty()) {
                return Outcome.refused(Kind.UNKNOWN, "there is no tenant " + ForeignText.escape(name));
            }
            if (tenant.get().id() == Tenant.OPERATOR) {
                return Outcome.refused(Kind.WRONG_STATE, "the operator's own tenant is always enabled");
            }
            AccountSql.setTenantState(handle, tenant.get().id(), state);
            Tenant changed = new Tenant(tenant.get().id(), tenant.get().name(), state);
            changes.recordTenant(handle, changed, "tenant." + verb(state), details(reason));
            return Outcome.done(changed);
        });
    }

    @Override
    public Outcome<Account> addAccount(long tenant, EmailAddress address, Optional<Secret> password) {
        Optional<String> objection = password.flatMap(given -> rules.objection(given, address));
        if (objection.isPresent()) {
            return Outcome.refused(Kind.UNFIT, objection.get());
        }
        Optional<String> hash = password.map(hasher::hash);
        String exists = "the account " + AccountChanges.shown(address) + " is there already";
        return changes.run(exists, handle -> {
            if (AccountSql.lockTenant(handle, tenant).isEmpty()) {
                return Outcome.refused(Kind.UNKNOWN, "there is no tenant " + tenant);
            }
            if (AccountSql.holder(handle, address.domain())
                    .filter(holder -> holder == tenant)
                    .isEmpty()) {
                return AccountChanges.notHeld(address.domain());
            }
            if (AccountSql.account(handle, address).isPresent()) {
                return Outcome.refused(Kind.ALREADY_THERE, exists);
            }
            Instant now = changes.now();
            AccountSql.insertAccount(handle, tenant, address, hash, now);
            return changed(handle, address, "account.add", Map.of());
        });
    }

    @Override
    public List<Account> accounts() {
        return changes.read(AccountSql::accounts);
    }

    @Override
    public long accountsIn(MailDomain domain) {
        return changes.read(handle -> AccountSql.accountsIn(handle, domain));
    }

    @Override
    public Optional<Account> account(EmailAddress address) {
        return changes.read(handle -> AccountSql.account(handle, address));
    }

    @Override
    public Outcome<Account> setPassword(EmailAddress address, Secret password) {
        Optional<String> objection = rules.objection(password, address);
        if (objection.isPresent()) {
            return Outcome.refused(Kind.UNFIT, objection.get());
        }
        if (account(address).isEmpty()) {
            return AccountChanges.unknown(address);
        }
        String hash = hasher.hash(password);
        return changes.onAccount(address, (handle, account) -> {
            AccountSql.setHash(handle, account.id(), hash);
            return changed(handle, address, "account.passwd", Map.of());
        });
    }

    @Override
    public Outcome<Account> setState(EmailAddress address, EntryState state, Optional<String> reason) {
        return changes.onAccount(address, (handle, account) -> {
            AccountSql.setState(handle, account.id(), state);
            Map<String, String> details = new HashMap<>(details(reason));
            details.put("before", account.state().stored());
            return changed(handle, address, "account." + verb(state), details);
        });
    }

    @Override
    public Outcome<Account> removeAccount(EmailAddress address) {
        return changes.onAccount(address, (handle, account) -> {
            int passwords = AppPasswordSql.deleteAll(handle, account.id());
            int patterns = AccountSql.deleteSenders(handle, account.id());
            AccountSql.deleteAccount(handle, account.id());
            Map<String, String> details =
                    Map.of("app_passwords", Integer.toString(passwords), "senders", Integer.toString(patterns));
            changes.record(handle, account, "account.remove", details, ChangeKind.ACCOUNT);
            return Outcome.done(account);
        });
    }

    private Outcome<Account> changed(Handle handle, EmailAddress address, String action, Map<String, String> details) {
        Account now = AccountSql.account(handle, address).orElseThrow();
        changes.record(handle, now, action, details, ChangeKind.ACCOUNT);
        return Outcome.done(now);
    }

    private static Map<String, String> details(Optional<String> reason) {
        return reason.map(text -> Map.of("reason", text)).orElse(Map.of());
    }

    private static String verb(EntryState state) {
        return state == EntryState.ACTIVE ? "enable" : "disable";
    }

    @Override
    public Outcome<SenderPattern> addSender(EmailAddress address, SenderPattern sender) {
        return senders.add(address, sender);
    }

    @Override
    public Outcome<List<SenderPattern>> senders(EmailAddress address) {
        return senders.list(address);
    }

    @Override
    public Outcome<SenderPattern> removeSender(EmailAddress address, SenderPattern sender) {
        return senders.remove(address, sender);
    }
}
