package io.sealpost.account.limit;

import java.util.Objects;

/**
 * {@code [limits]}, as an operator sets them.
 *
 * @param account of each account that has none of its own
 * @param appPassword of each app password, beside its own
 * @param domain of all accounts of a domain
 * @param tenant of all accounts of a tenant
 * @param over what the client hears over a limit
 */
public record LimitSettings(Rates account, Rates appPassword, Rates domain, Rates tenant, WhenOver over) {
    /** No limits at all. */
    public static final LimitSettings NONE =
            new LimitSettings(Rates.NONE, Rates.NONE, Rates.NONE, Rates.NONE, WhenOver.DEFER);

    /** Throws when a part is null. */
    public LimitSettings {
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(appPassword, "appPassword is null");
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(tenant, "tenant is null");
        Objects.requireNonNull(over, "over is null");
    }

    /** What the client hears. */
    public enum WhenOver {
        /** 450 4.7.1: it tries again by itself. */
        DEFER,
        /** 550 5.7.1. */
        REFUSE
    }
}
