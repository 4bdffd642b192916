package io.sealpost.relay.fake;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.SendPermission;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.EmailAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts that may send as an address itself or as all of a domain ({@code *@domain}); the domain must be held. */
public final class FakeAccounts implements Accounts {
    private final Set<String> senders = ConcurrentHashMap.newKeySet();
    private final Set<String> heldDomains = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> bound = Optional.empty();
    private volatile boolean granted = true;
    private volatile boolean away;
    private volatile HeaderFrom headerFrom = HeaderFrom.REJECT;

    /** Lets every account send as this, and holds its domain. */
    public FakeAccounts allow(String pattern) {
        senders.add(pattern);
        heldDomains.add(pattern.substring(pattern.lastIndexOf('@') + 1));
        return this;
    }

    /** The credential is bound to this address. */
    public void bindTo(String address) {
        bound = Optional.of(address);
    }

    /** The domain is no longer the tenant's. */
    public void loseDomain(String domain) {
        heldDomains.remove(domain);
    }

    /** Every login is taken back. */
    public void revoke() {
        granted = false;
    }

    /** A foreign From is replaced. */
    public void rewriteFrom() {
        headerFrom = HeaderFrom.REWRITE;
    }

    /** The database goes away. */
    public void goAway() {
        away = true;
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        return new LoginResult.Refused(LoginResult.Cause.UNKNOWN_ACCOUNT);
    }

    @Override
    public LoginResult device(DeviceAttempt attempt) {
        return new LoginResult.Refused(LoginResult.Cause.UNKNOWN_ACCOUNT);
    }

    @Override
    public SendPermission maySend(AuthenticatedAccount account, EmailAddress address) {
        if (away) {
            throw new StoreUnavailable("the database is away", null);
        }
        String domain = address.domain().ascii();
        if (!senders.contains(address.folded()) && !senders.contains("*@" + domain)) {
            return SendPermission.NOT_A_SENDER;
        }
        if (bound.filter(only -> !only.equals(address.folded())).isPresent()) {
            return SendPermission.NOT_OF_CREDENTIAL;
        }
        return heldDomains.contains(domain) ? SendPermission.ALLOWED : SendPermission.DOMAIN_NOT_HELD;
    }

    @Override
    public HeaderFrom headerFrom(AuthenticatedAccount account) {
        return headerFrom;
    }

    @Override
    public CredentialBounds bounds(AuthenticatedAccount account) {
        return CredentialBounds.NONE;
    }

    @Override
    public boolean stillGranted(AuthenticatedAccount account) {
        return granted;
    }
}
