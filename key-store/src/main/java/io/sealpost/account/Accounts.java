package io.sealpost.account;

/** Logins, for the listener. Thread-safe; answers from caches that the change feed keeps true within two seconds. */
public interface Accounts {
    /**
     * Checks a main or an app password. Takes the same time for an unknown account, a disabled one and a wrong password.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now: say 454, never 535
     */
    LoginResult login(LoginAttempt attempt);

    /**
     * Whether a client that has not logged in is a device that {@code device add} made known: granted only where exactly one of this
     * network, listener and sender is. Refused with UNKNOWN_ACCOUNT where none of the network is, NOT_ALLOWED_HERE where none is of the
     * sender.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    LoginResult device(DeviceAttempt attempt);

    /**
     * Whether the account may send now as this address, by itself or by {@code sender add}, for a domain that its tenant holds.
     * Asked again for each message, so that a change counts for sessions that are open.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    SendPermission maySend(AuthenticatedAccount account, io.sealpost.mail.EmailAddress address);

    /**
     * What becomes of a mail of this account whose From is not its own.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    HeaderFrom headerFrom(AuthenticatedAccount account);

    /**
     * What the credential is bound to now; {@link CredentialBounds#NONE} for a main password, and for a credential that is gone.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    CredentialBounds bounds(AuthenticatedAccount account);

    /**
     * Whether a login that was granted still stands: neither account nor credential disabled, removed, revoked or over, and the
     * credential still good for where the client is.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    boolean stillGranted(AuthenticatedAccount account);
}
