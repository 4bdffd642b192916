package io.sealpost.account;

import java.time.Duration;

/** How a login ended. */
public sealed interface LoginResult {
    /** The client is this account. */
    record Granted(AuthenticatedAccount account) implements LoginResult {}

    /**
     * It is not; the client hears one text for every cause (RFC 4954 §6: 535 5.7.8).
     *
     * @param cause for the log and {@code account show} only
     */
    record Refused(Cause cause) implements LoginResult {}

    /**
     * Too many were wrong: nothing was looked at (454 4.7.0).
     *
     * @param retryAfter how long the client must wait before its next try
     */
    record Braked(Duration retryAfter) implements LoginResult {}

    /** Why a login was refused. */
    enum Cause {
        /** No such account. */
        UNKNOWN_ACCOUNT,
        /** Neither the main password nor an app password. */
        WRONG_PASSWORD,
        /** The right main password, which the account or its tenant does not take for SMTP. */
        APP_PASSWORDS_ONLY,
        /** The account, its tenant or its domain is disabled. */
        DISABLED,
        /** The credential is not allowed from here, on this listener, or any more. */
        NOT_ALLOWED_HERE
    }
}
