package io.sealpost.account;

import java.util.Objects;

/**
 * Who holds domains: the operator, or one of his customers.
 *
 * @param id its row
 * @param name unique
 * @param state whether its accounts may be used
 */
public record Tenant(long id, String name, EntryState state) {
    /** The operator's row, which every database has. */
    public static final long OPERATOR = 1;

    /** Throws when a part is null. */
    public Tenant {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(state, "state is null");
    }
}
