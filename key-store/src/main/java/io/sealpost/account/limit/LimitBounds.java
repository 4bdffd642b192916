package io.sealpost.account.limit;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.limit.LimitSettings.WhenOver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Which limits hold for whom: those of the settings, the account's own in their place, and the app password's own beside them. Thread-safe. */
public final class LimitBounds {
    private final LongFunction<OwnRates> ofAccount;
    private final Function<AuthenticatedAccount, Rates> ofCredential;
    private volatile LimitSettings settings;

    /**
     * Asks for each message.
     *
     * @param ofAccount what an account was given, by its row
     * @param ofCredential what bounds the credential of this login
     */
    public LimitBounds(
            LongFunction<OwnRates> ofAccount,
            Function<AuthenticatedAccount, Rates> ofCredential,
            LimitSettings settings) {
        this.ofAccount = ofAccount;
        this.ofCredential = ofCredential;
        this.settings = settings;
    }

    /** From now on these. */
    public void use(LimitSettings changed) {
        settings = changed;
    }

    WhenOver over() {
        return settings.over();
    }

    List<Bound> of(AuthenticatedAccount account, Metric metric) {
        LimitSettings now = settings;
        List<Bound> bounds = new ArrayList<>(ofAccount(account.account(), now.account(), metric));
        account.credential().appPassword().ifPresent(row -> {
            String of = Long.toString(row);
            ofCredential.apply(account).bounds(Scope.APP_PASSWORD, of, metric).forEach(bounds::add);
            now.appPassword().bounds(Scope.APP_PASSWORD, of, metric).forEach(bounds::add);
        });
        now.domain()
                .bounds(Scope.DOMAIN, account.address().domain().ascii(), metric)
                .forEach(bounds::add);
        now.tenant()
                .bounds(Scope.TENANT, Long.toString(account.tenant()), metric)
                .forEach(bounds::add);
        return lowest(bounds);
    }

    private List<Bound> ofAccount(long account, Rates usual, Metric metric) {
        return ofAccount
                .apply(account)
                .over(usual)
                .bounds(Scope.ACCOUNT, Long.toString(account), metric)
                .toList();
    }

    /** Of two bounds of one meter the lower one: each meter counts a message once. */
    private static List<Bound> lowest(List<Bound> bounds) {
        Map<Meter, Bound> lowest = new LinkedHashMap<>();
        bounds.forEach(
                bound -> lowest.merge(bound.meter(), bound, (one, other) -> one.most() <= other.most() ? one : other));
        return List.copyOf(lowest.values());
    }
}
