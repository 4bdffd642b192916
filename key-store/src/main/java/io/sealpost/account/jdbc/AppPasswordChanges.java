package io.sealpost.account.jdbc;

import io.sealpost.account.AppPassword;
import io.sealpost.account.AppPasswordText;
import io.sealpost.account.NewAppPassword;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes, lists and revokes app passwords. Thread-safe. */
final class AppPasswordChanges {
    private static final int MAX_LABEL = 100;

    private final AccountChanges changes;
    private final AppPasswordMac macs;
    private final SecureRandom random = new SecureRandom();

    AppPasswordChanges(AccountChanges changes, AppPasswordMac macs) {
        this.changes = changes;
        this.macs = macs;
    }

    Outcome<NewAppPassword> create(EmailAddress address, String label) {
        if (label.isBlank() || label.length() > MAX_LABEL) {
            return Outcome.refused(
                    Kind.UNFIT,
                    "a label of 1 to " + MAX_LABEL + " characters says which device or application has the password");
        }
        Secret password = AppPasswordText.generate(random);
        return changes.onAccount(address, (handle, account) -> {
            Instant now = changes.now();
            byte[] mac = macs.of(account.id(), password).orElseThrow();
            long id = AccountSql.insertAppPassword(handle, account.id(), mac, label, now);
            AppPassword made = new AppPassword(id, account.id(), label, now);
            changes.record(handle, account, "app-password.create", details(made), ChangeKind.APP_PASSWORD);
            return Outcome.done(new NewAppPassword(made, password));
        });
    }

    Outcome<List<AppPassword>> list(EmailAddress address) {
        return changes.ofAccount(
                address, (handle, account) -> Outcome.done(AccountSql.appPasswords(handle, account.id())));
    }

    Outcome<AppPassword> revoke(EmailAddress address, long id) {
        return changes.onAccount(address, (handle, account) -> {
            Optional<AppPassword> known = AccountSql.appPassword(handle, account.id(), id);
            if (known.isEmpty()) {
                return Outcome.refused(
                        Kind.UNKNOWN, "the account " + AccountChanges.shown(address) + " has no app password " + id);
            }
            AccountSql.deleteAppPassword(handle, id);
            changes.record(handle, account, "app-password.revoke", details(known.get()), ChangeKind.APP_PASSWORD);
            return Outcome.done(known.get());
        });
    }

    private static Map<String, String> details(AppPassword password) {
        return Map.of("id", Long.toString(password.id()), "label", password.label());
    }
}
