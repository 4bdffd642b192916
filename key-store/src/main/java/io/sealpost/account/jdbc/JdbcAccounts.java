package io.sealpost.account.jdbc;

import io.sealpost.account.Accounts;
import io.sealpost.account.AppPassword;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.GuessingBrake;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Braked;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.Origin;
import io.sealpost.account.PasswordHasher;
import io.sealpost.account.SendPermission;
import io.sealpost.account.jdbc.PasswordRaise.Raised;
import io.sealpost.database.ChangeFeedReader;
import io.sealpost.database.MigrationSet;
import io.sealpost.database.Transactions;
import io.sealpost.keys.CacheBounds;
import io.sealpost.keys.DataKeys;
import io.sealpost.mail.EmailAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Logins and permissions from MariaDB, by way of caches. Thread-safe. */
public final class JdbcAccounts implements Accounts {
    /** The tables of this package; those of the keys refer to them. */
    public static final MigrationSet MIGRATIONS =
            new MigrationSet("account", "io/sealpost/account/jdbc/migrations", 15, 6);

    /** No account has this id: what is looked up for it costs the same and is never found. */
    private static final long NOBODY = 0;

    /** What a stranger's try ends with. */
    private static final Set<Cause> GUESSES = EnumSet.of(Cause.UNKNOWN_ACCOUNT, Cause.WRONG_PASSWORD, Cause.DISABLED);

    private final AccountCaches caches;
    private final CredentialCaches credentials;
    private final DeviceCaches devices;
    private final AppPasswordMac macs;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final GuessingBrake brake;
    private final LoginUses uses;
    private final Decoys decoys;
    private final PasswordRaise raise;

    /**
     * How passwords are checked.
     *
     * @param hasher makes the hash
     * @param brake is asked before
     */
    public record Passwords(PasswordHasher hasher, GuessingBrake brake) {}

    /** As the other, where nobody who guesses is slowed down. */
    public JdbcAccounts(
            Transactions transactions,
            DataKeys dataKeys,
            PasswordHasher hasher,
            ChangeFeedReader feed,
            CacheBounds bounds,
            Clock clock,
            LoginUses uses) {
        this(transactions, dataKeys, new Passwords(hasher, GuessingBrake.NONE), feed, bounds, clock, uses);
    }

    /** Answers from these transactions; {@code feed} drops what changed; {@code uses} hears of each login. */
    public JdbcAccounts(
            Transactions transactions,
            DataKeys dataKeys,
            Passwords passwords,
            ChangeFeedReader feed,
            CacheBounds bounds,
            Clock clock,
            LoginUses uses) {
        this.caches = new AccountCaches(transactions, feed, bounds);
        this.credentials = new CredentialCaches(transactions, feed, bounds);
        this.devices = new DeviceCaches(transactions, feed, bounds);
        this.macs = new AppPasswordMac(dataKeys);
        this.hasher = passwords.hasher();
        this.clock = clock;
        this.brake = passwords.brake();
        this.uses = uses;
        this.decoys = new Decoys(transactions, dataKeys);
        this.raise = new PasswordRaise(transactions, hasher);
    }

    @Override
    public LoginResult login(LoginAttempt attempt) {
        Optional<AccountEntry> account =
                EmailAddress.tryParse(attempt.name()).flatMap(address -> caches.byAddress(address.folded()));
        Optional<AppPassword> known = appPassword(account, attempt);
        LoginResult result = check(attempt, account, known);
        if (!(result instanceof Braked)) {
            account.ifPresent(entry -> uses.note(useOf(entry, known, result), attempt));
        }
        return result;
    }

    private static LoginUseKey useOf(AccountEntry account, Optional<AppPassword> known, LoginResult result) {
        return result instanceof Refused refused
                ? LoginUseKey.refused(
                        account.id(), known.map(AppPassword::id).orElse(LoginUseKey.MAIN), refused.cause())
                : LoginUseKey.granted(account.id(), ((Granted) result).account().credential());
    }

    private LoginResult check(LoginAttempt attempt, Optional<AccountEntry> account, Optional<AppPassword> known) {
        if (account.isPresent()
                && account.get().enabled()
                && known.filter(each -> isGood(each, attempt.origin())).isPresent()) {
            return granted(account.get(), new Credential.App(known.get().id()), attempt.origin());
        }
        Optional<Duration> wait = brake.braked(attempt, row(account));
        if (wait.isPresent()) {
            return new Braked(wait.get());
        }
        LoginResult result = byMainPassword(attempt, account, known);
        if (result instanceof Refused refused && GUESSES.contains(refused.cause())) {
            brake.failed(attempt);
        }
        return result;
    }

    private static OptionalLong row(Optional<AccountEntry> account) {
        return account.isPresent() ? OptionalLong.of(account.get().id()) : OptionalLong.empty();
    }

    /** Every end costs one hash, whatever is missing: the clock tells a stranger nothing. */
    private LoginResult byMainPassword(
            LoginAttempt attempt, Optional<AccountEntry> account, Optional<AppPassword> known) {
        if (account.isEmpty()) {
            hasher.matches(attempt.password(), decoys.of(attempt.name()));
            return new Refused(Cause.UNKNOWN_ACCOUNT);
        }
        boolean right = hasher.matches(attempt.password(), account.get().hash());
        if (!account.get().enabled()) {
            return new Refused(Cause.DISABLED);
        }
        if (!right) {
            return new Refused(known.isPresent() ? Cause.NOT_ALLOWED_HERE : Cause.WRONG_PASSWORD);
        }
        if (raise.afterLogin(account.get(), attempt.password()) == Raised.REPLACED) {
            caches.forget(account.get().id());
        }
        return account.get().takesMainPassword()
                ? granted(account.get(), account.get().mainPassword().orElseThrow(), attempt.origin())
                : new Refused(Cause.APP_PASSWORDS_ONLY);
    }

    private Optional<AppPassword> appPassword(Optional<AccountEntry> account, LoginAttempt attempt) {
        Optional<byte[]> mac = macs.of(account.map(AccountEntry::id).orElse(NOBODY), attempt.password());
        if (mac.isEmpty()) {
            return Optional.empty();
        }
        return account.isPresent()
                ? credentials.byMac(account.get(), mac.get())
                : credentials.inDatabase(NOBODY, mac.get());
    }

    private boolean isGood(AppPassword password, Origin origin) {
        return stands(password, origin) && !isIdle(password);
    }

    private boolean stands(AppPassword password, Origin origin) {
        return password.bounds().permits(origin) && !password.bounds().hasEnded(clock.instant());
    }

    /** What the cache knows may be older than its last use, and what the database knows by the time until it is written. */
    private boolean isIdle(AppPassword password) {
        Instant now = clock.instant().minus(uses.turn().multipliedBy(2));
        if (!password.bounds().isIdle(now, password.lastSeen())
                || uses.knows(new LoginUseKey(password.account(), password.id(), LoginUseKey.GRANTED))) {
            return false;
        }
        return credentials
                .inDatabase(password.account(), password.id())
                .filter(fresh -> !fresh.bounds().isIdle(now, fresh.lastSeen()))
                .isEmpty();
    }

    @Override
    public LoginResult device(DeviceAttempt attempt) {
        List<AppPassword> here = devices.at(attempt.origin()).stream()
                .filter(each -> isGood(each, attempt.origin()))
                .toList();
        if (here.isEmpty()) {
            return new Refused(Cause.UNKNOWN_ACCOUNT);
        }
        List<AppPassword> meant = here.stream()
                .filter(each -> attempt.sender().isEmpty()
                        || each.bounds().permits(attempt.sender().get()))
                .toList();
        Optional<AccountEntry> account = meant.size() == 1
                ? caches.byId(meant.get(0).account()).filter(AccountEntry::enabled)
                : Optional.empty();
        if (account.isEmpty()) {
            return new Refused(Cause.NOT_ALLOWED_HERE);
        }
        Credential credential = new Credential.Device(meant.get(0).id());
        uses.note(LoginUseKey.granted(account.get().id(), credential), attempt);
        return granted(account.get(), credential, attempt.origin());
    }

    private static LoginResult granted(AccountEntry account, Credential credential, Origin origin) {
        return new Granted(
                new AuthenticatedAccount(account.tenant(), account.id(), account.address(), credential, origin));
    }

    @Override
    public SendPermission maySend(AuthenticatedAccount account, EmailAddress address) {
        Optional<AccountEntry> entry = caches.byId(account.account());
        if (entry.isEmpty() || !belongsTo(entry.get(), address)) {
            return SendPermission.NOT_A_SENDER;
        }
        if (!permits(entry.get(), account.credential(), address)) {
            return SendPermission.NOT_OF_CREDENTIAL;
        }
        boolean held = caches.holder(address.domain())
                .filter(tenant -> tenant == entry.get().tenant())
                .isPresent();
        if (held) {
            return SendPermission.ALLOWED;
        }
        return caches.claims(entry.get().tenant(), address.domain())
                ? SendPermission.DOMAIN_NOT_PROVEN
                : SendPermission.DOMAIN_NOT_HELD;
    }

    /** A credential that is gone permits nothing. */
    private boolean permits(AccountEntry entry, Credential credential, EmailAddress address) {
        return credential instanceof Credential.Main
                || appPassword(entry, credential)
                        .filter(each -> each.bounds().permits(address))
                        .isPresent();
    }

    private boolean belongsTo(AccountEntry account, EmailAddress address) {
        if (account.isItself(address) || account.hasSender(address)) {
            return true;
        }
        List<String> tagged = account.tagged(address);
        return !tagged.isEmpty()
                && tagged.stream().allMatch(nearer -> caches.byAddress(nearer).isEmpty());
    }

    @Override
    public HeaderFrom headerFrom(AuthenticatedAccount account) {
        return caches.byId(account.account()).map(AccountEntry::headerFrom).orElse(HeaderFrom.REJECT);
    }

    @Override
    public CredentialBounds bounds(AuthenticatedAccount account) {
        return caches.byId(account.account())
                .flatMap(entry -> appPassword(entry, account.credential()))
                .map(AppPassword::bounds)
                .orElse(CredentialBounds.NONE);
    }

    private Optional<AppPassword> appPassword(AccountEntry account, Credential credential) {
        OptionalLong row = credential.appPassword();
        return row.isPresent() ? credentials.byId(account, row.getAsLong()) : Optional.empty();
    }

    @Override
    public boolean stillGranted(AuthenticatedAccount account) {
        return caches.byId(account.account())
                .filter(AccountEntry::enabled)
                .filter(entry -> stands(entry, account))
                .isPresent();
    }

    private boolean stands(AccountEntry entry, AuthenticatedAccount account) {
        return account.credential() instanceof Credential.Main main
                ? entry.takesMainPassword() && entry.stands(main)
                : appPassword(entry, account.credential())
                        .filter(each -> stands(each, account.origin()))
                        .isPresent();
    }
}
