package io.sealpost.account.jdbc;

import io.sealpost.account.AccountProfile;
import io.sealpost.account.Profiles;
import io.sealpost.account.Tenant;
import io.sealpost.account.TenantProfile;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Profiles in MariaDB. Thread-safe. */
public final class JdbcProfiles implements Profiles {
    private final AccountChanges changes;

    /** Changes things as the actor of {@code changes}. */
    public JdbcProfiles(Changes changes) {
        this.changes = new AccountChanges(changes);
    }

    @Override
    public Outcome<TenantProfile> ofTenant(String name) {
        return changes.read(handle -> AccountSql.tenant(handle, name)
                .map(tenant -> Outcome.done(ProfileSql.tenant(handle, tenant.id())))
                .orElseGet(() -> unknownTenant(name)));
    }

    @Override
    public Outcome<TenantProfile> changeTenant(
            String name, UnaryOperator<TenantProfile> change, Optional<String> reason) {
        return changes.run(
                "",
                handle -> AccountSql.tenant(handle, name)
                        .flatMap(found -> AccountSql.lockTenant(handle, found.id()))
                        .map(tenant -> change(handle, tenant, change, reason))
                        .orElseGet(() -> unknownTenant(name)));
    }

    private Outcome<TenantProfile> change(
            Handle handle, Tenant tenant, UnaryOperator<TenantProfile> change, Optional<String> reason) {
        TenantProfile before = ProfileSql.tenant(handle, tenant.id());
        TenantProfile after = change.apply(before);
        Optional<EmailAddress> foreign = after.noticeSender()
                .filter(sender -> AccountSql.holder(handle, sender.domain())
                        .filter(holder -> holder == tenant.id())
                        .isEmpty());
        if (foreign.isPresent()) {
            return Outcome.refused(
                    Kind.NOT_HELD,
                    "the tenant " + ForeignText.escape(tenant.name()) + " does not hold the domain "
                            + foreign.get().domain() + ", so notices cannot come from it");
        }
        Map<String, String> details = differences(facts(before), facts(after));
        if (!details.isEmpty()) {
            ProfileSql.setTenant(handle, tenant.id(), after);
            reason.ifPresent(text -> details.put("reason", text));
            changes.recordTenant(handle, tenant, "tenant.set", details);
        }
        return Outcome.done(after);
    }

    @Override
    public Outcome<AccountProfile> ofAccount(EmailAddress address) {
        return changes.ofAccount(address, (handle, account) -> Outcome.done(ProfileSql.account(handle, account.id())));
    }

    @Override
    public Outcome<AccountProfile> changeAccount(
            EmailAddress address, UnaryOperator<AccountProfile> change, Optional<String> reason) {
        return changes.onAccount(address, (handle, account) -> {
            AccountProfile before = ProfileSql.account(handle, account.id());
            AccountProfile after = change.apply(before);
            Map<String, String> details = differences(facts(before), facts(after));
            if (!details.isEmpty()) {
                ProfileSql.setAccount(handle, account.id(), after);
                reason.ifPresent(text -> details.put("reason", text));
                changes.record(handle, account, "account.set", details, ChangeKind.ACCOUNT);
            }
            return Outcome.done(after);
        });
    }

    /** What stood there and what stands there now; empty when nothing is different. */
    private static Map<String, String> differences(Map<String, String> before, Map<String, String> after) {
        Map<String, String> details = new LinkedHashMap<>();
        after.forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                details.put(name + "_before", before.get(name));
                details.put(name, value);
            }
        });
        return details;
    }

    private static Map<String, String> facts(TenantProfile profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("display_name", profile.displayName().orElse(""));
        facts.put(
                "notice_sender",
                profile.noticeSender().map(EmailAddress::toString).orElse(""));
        facts.put("link", profile.link().map(URI::toASCIIString).orElse(""));
        facts.put("language", profile.language().orElse(""));
        facts.put("main_password", profile.mainPassword().stored());
        return facts;
    }

    private static Map<String, String> facts(AccountProfile profile) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("display_name", profile.displayName().orElse(""));
        facts.put("language", profile.language().orElse(""));
        facts.put("main_password", profile.mainPassword().stored());
        facts.put("header_from", profile.headerFrom().stored());
        return facts;
    }

    private static <T> Outcome<T> unknownTenant(String name) {
        return Outcome.refused(Kind.UNKNOWN, "there is no tenant " + ForeignText.escape(name));
    }
}
