package io.sealpost.queue;

import java.util.OptionalLong;

/**
 * Who submitted a message.
 *
 * @param tenant the tenant that the account belongs to; 1 is the operator
 * @param account the account's row; empty for a notice of our own
 * @param credential the app password's row; empty for the main password and for notices
 */
public record Origin(long tenant, OptionalLong account, OptionalLong credential) {
    /** The operator's tenant. */
    public static final long OPERATOR = 1;

    /** Who a notice belongs to: the tenant of the message it speaks of. */
    public static Origin notice(long tenant) {
        return new Origin(tenant, OptionalLong.empty(), OptionalLong.empty());
    }
}
