package io.sealpost.relay.smtp;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.Origin;
import io.sealpost.account.SendPermission;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** One account, as {@link TestClient} logs in with; may be made to be away. */
final class FakeAccounts implements Accounts {
    static final AuthenticatedAccount ACCOUNT = new AuthenticatedAccount(
            1,
            7,
            EmailAddress.parse(TestClient.LOGIN),
            new Credential.Main("mark"),
            new Origin(InetAddress.getLoopbackAddress(), "submission"));

    private final List<LoginAttempt> attempts = new CopyOnWriteArrayList<>();
    private final Set<AuthenticatedAccount> taken = ConcurrentHashMap.newKeySet();
    private volatile List<String> listeners = List.of();
    private volatile boolean away;
    private volatile Optional<CountDownLatch> hashing = Optional.empty();

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    /** From now on its credential is bound to this listener. */
    void bindTo(String listener) {
        listeners = List.of(listener);
    }

    /** The login counts no more. */
    void takeBack() {
        taken.add(ACCOUNT);
    }

    /** From now on a login takes until this is counted down. */
    void hashUntil(CountDownLatch latch) {
        hashing = Optional.of(latch);
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
        hashing.ifPresent(FakeAccounts::await);
        return new LoginResult.Granted(ACCOUNT);
    }

    @Override
    public LoginResult device(DeviceAttempt attempt) {
        if (away) {
            throw new StoreUnavailable("the database is away", null);
        }
        return new LoginResult.Refused(LoginResult.Cause.UNKNOWN_ACCOUNT);
    }

    @Override
    public SendPermission maySend(AuthenticatedAccount account, EmailAddress address) {
        return SendPermission.ALLOWED;
    }

    @Override
    public HeaderFrom headerFrom(AuthenticatedAccount account) {
        return HeaderFrom.REJECT;
    }

    @Override
    public CredentialBounds bounds(AuthenticatedAccount account) {
        return new CredentialBounds(
                List.of(),
                List.of(),
                listeners,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean stillGranted(AuthenticatedAccount account) {
        if (away) {
            throw new StoreUnavailable("the database is away", null);
        }
        return !taken.contains(account);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
