package io.sealpost.account.brake;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.SendPermission;
import io.sealpost.mail.EmailAddress;

/** The accounts, whose logins are noted. Thread-safe. */
public final class NotedAccounts implements Accounts {
    private final Accounts accounts;
    private final BehaviourWatch watch;

    /** Asks {@code accounts}. */
    public NotedAccounts(Accounts accounts, BehaviourWatch watch) {
        this.accounts = accounts;
        this.watch = watch;
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return noted(accounts.login(attempt));
    }

    @Override
    public LoginResult device(DeviceAttempt attempt) {
        return noted(accounts.device(attempt));
    }

    private LoginResult noted(LoginResult result) {
        if (result instanceof LoginResult.Granted granted) {
            watch.loggedIn(granted.account());
        }
        return result;
    }

    @Override
    public SendPermission maySend(AuthenticatedAccount account, EmailAddress address) {
        return accounts.maySend(account, address);
    }

    @Override
    public HeaderFrom headerFrom(AuthenticatedAccount account) {
        return accounts.headerFrom(account);
    }

    @Override
    public CredentialBounds bounds(AuthenticatedAccount account) {
        return accounts.bounds(account);
    }

    @Override
    public boolean stillGranted(AuthenticatedAccount account) {
        return accounts.stillGranted(account);
    }
}
