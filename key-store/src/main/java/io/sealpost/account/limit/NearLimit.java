package io.sealpost.account.limit;

import io.sealpost.account.AuthenticatedAccount;

/**
 * Four fifths of a limit are used.
 *
 * @param account who sent the message that reached it
 * @param bound which limit
 */
public record NearLimit(AuthenticatedAccount account, Bound bound) {}
