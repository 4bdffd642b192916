package io.sealpost.account.limit.jdbc;

import io.sealpost.account.limit.Bound;
import io.sealpost.account.limit.LimitAdministration;
import io.sealpost.account.limit.OwnRates;
import io.sealpost.account.limit.UsageStore;
import io.sealpost.database.ChangeKind;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.Changes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.Rate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts' limits for administrators. Thread-safe. */
public final class JdbcLimitAdministration implements LimitAdministration {
    private final Changes changes;
    private final UsageStore usage;

    /** {@code usage}: what the nodes counted. */
    public JdbcLimitAdministration(Changes changes, UsageStore usage) {
        this.changes = changes;
        this.usage = usage;
    }

    @Override
    public Outcome<OwnRates> ownRates(EmailAddress account) {
        return changes.read(handle -> LimitSql.account(handle, account)
                .map(row -> Outcome.done(LimitSql.own(handle, row.id())))
                .orElseGet(() -> unknown(account)));
    }

    @Override
    public Outcome<OwnRates> setOwnRates(EmailAddress account, OwnRates rates) {
        return changes.run(
                "it is there already",
                handle -> LimitSql.lockAccount(handle, account)
                        .map(row -> {
                            OwnRates before = LimitSql.own(handle, row.id());
                            LimitSql.set(handle, row.id(), rates, changes.now());
                            Map<String, String> details = Map.of(
                                    "messages", shown(rates.messages()),
                                    "messages_before", shown(before.messages()),
                                    "recipients", shown(rates.recipients()),
                                    "recipients_before", shown(before.recipients()));
                            String id = Long.toString(row.id());
                            changes.record(
                                    handle,
                                    new Changes.Done(
                                            row.tenant(),
                                            "account.limits",
                                            row.folded(),
                                            details,
                                            ChangeKind.LIMIT,
                                            id));
                            return Outcome.done(rates);
                        })
                        .orElseGet(() -> unknown(account)));
    }

    @Override
    public List<Used> used(List<Bound> bounds) {
        Instant now = changes.now();
        return bounds.stream()
                .map(bound -> bound.used(
                        usage.read(
                                List.of(bound.meter()),
                                bound.meter().startOf(bound.meter().firstCounted(now))),
                        now))
                .toList();
    }

    private static String shown(Optional<List<Rate>> rates) {
        return Optional.ofNullable(LimitSql.text(rates)).orElse("as set");
    }

    private static Outcome<OwnRates> unknown(EmailAddress account) {
        return Outcome.refused(Kind.UNKNOWN, "there is no account " + ForeignText.escape(account.toString()));
    }
}
