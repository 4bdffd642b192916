package io.sealpost.relay.smtp;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.SendPermission;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** One account, as {@link TestClient} logs in with; may be made to be away. */
final class FakeAccounts implements Accounts {
    private final List<LoginAttempt> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    List<LoginAttempt> attempts() {
        return attempts;
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        attempts.add(attempt);
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        if (!attempt.name().equals(TestClient.LOGIN)) {
            return new LoginResult.Refused(LoginResult.Cause.UNKNOWN_ACCOUNT);
        }
        if (!attempt.password().equals(new Secret(TestClient.PASSWORD))) {
            return new LoginResult.Refused(LoginResult.Cause.WRONG_PASSWORD);
        }
        return new LoginResult.Granted(
                new AuthenticatedAccount(1, 7, EmailAddress.parse(TestClient.LOGIN), OptionalLong.empty()));
    }

    @Override
    public SendPermission maySend(AuthenticatedAccount account, EmailAddress address) {
        return SendPermission.ALLOWED;
    }

    @Override
    public boolean stillGranted(AuthenticatedAccount account) {
        return true;
    }
}
