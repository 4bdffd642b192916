package io.sealpost.account.jdbc;

import io.sealpost.account.LoginHistory;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginUse;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import java.util.EnumMap;
import java.util.Map;

/** What {@link LoginUses} wrote. Thread-safe. */
public final class JdbcLoginHistory implements LoginHistory {
    private final AccountChanges changes;

    /** Reads by way of {@code changes}. */
    public JdbcLoginHistory(Changes changes) {
        this.changes = new AccountChanges(changes);
    }

    @Override
    public Outcome<Seen> of(EmailAddress address) {
        return changes.ofAccount(address, (handle, account) -> {
            Map<Cause, LoginUse> refused = new EnumMap<>(Cause.class);
            LoginUseSql.refusals(handle, account.id())
                    .forEach((outcome, use) -> LoginUseKey.cause(outcome).ifPresent(cause -> refused.put(cause, use)));
            return Outcome.done(new Seen(LoginUseSql.ofMainPassword(handle, account.id()), refused));
        });
    }
}
