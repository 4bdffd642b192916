package io.sealpost.cli.wiring;

import io.sealpost.account.Accounts;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.brake.BehaviourWatch;
import io.sealpost.account.brake.NotedSending;
import io.sealpost.account.brake.jdbc.BrakedAccounts;
import io.sealpost.account.limit.CountedLimits;
import io.sealpost.account.limit.LimitBounds;
import io.sealpost.account.limit.Rates;
import io.sealpost.account.limit.SendingLimits;
import io.sealpost.account.limit.UsageStore;
import io.sealpost.account.limit.jdbc.JdbcUsage;
import io.sealpost.account.limit.jdbc.OwnLimits;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.NodeNumber;
import io.sealpost.database.Transactions;
import java.time.Clock;
import java.util.Optional;

/**
 * What counts and judges what accounts send.
 *
 * @param limits counts against them
 * @param bounds which limits
 * @param usage where nodes tell each other
 * @param watch judges behaviour
 * @param guard what logins are held against
 * @param braked whose mail is held
 */
record SendingWatch(
        CountedLimits limits,
        LimitBounds bounds,
        UsageStore usage,
        BehaviourWatch watch,
        LoginGuard guard,
        BrakedAccounts braked) {
    /** Counts as this node; {@code accounts} know what bounds a credential. */
    static SendingWatch of(
            Transactions transactions,
            ChangeFeedReader feed,
            Clock clock,
            NodeNumber node,
            RelaySettings settings,
            LoginGuard guard,
            Accounts accounts) {
        LimitBounds bounds = new LimitBounds(
                new OwnLimits(transactions, feed, RelayAssembly.CACHES),
                account -> rates(accounts.bounds(account)),
                settings.limits());
        UsageStore usage = new JdbcUsage(transactions, clock);
        return new SendingWatch(
                new CountedLimits(node.number(), usage, bounds, clock, System::nanoTime),
                bounds,
                usage,
                new BehaviourWatch(guard.brakes(), clock, settings.brake()),
                guard,
                new BrakedAccounts(transactions, feed, RelayAssembly.CACHES));
    }

    /** Those of a credential itself. */
    static Rates rates(CredentialBounds bounds) {
        return new Rates(
                bounds.messages().stream().toList(),
                bounds.recipients().stream().toList());
    }

    /** What MAIL and RCPT ask. */
    SendingLimits sending() {
        return new NotedSending(limits, watch);
    }

    /** Why an account's new mail is held; empty when it is not. */
    Optional<String> holds(long account) {
        return watch.holds() ? braked.apply(account) : Optional.empty();
    }

    void use(RelaySettings settings) {
        bounds.use(settings.limits());
        watch.use(settings.brake());
        guard.guesses().use(settings.loginBrake());
    }
}
