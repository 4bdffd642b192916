package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.EntryState;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.Origin;
import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long a login stands, and what a node believes meanwhile. */
class LoginTakenBackTest {
    private static final Secret MAIN = new Secret("korrekt pferd batterie");
    private static final Origin HERE = new Origin(InetAddress.getLoopbackAddress(), "submission");
    private static TestStore store;
    private static int names;

    private final AccountAdministration administration = store.accounts();
    private final AppPasswordAdministration appPasswords = store.appPasswords();
    private final TestStore.Node node = store.node();

    @BeforeAll
    static void open() {
        store = TestStore.create();
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Account account(Optional<Secret> password) {
        EmailAddress address = EmailAddress.parse("User" + ++names + "@mine.example");
        return done(administration.addAccount(Tenant.OPERATOR, address, password));
    }

    private Account account() {
        return account(Optional.of(MAIN));
    }

    private static LoginAttempt attempt(String name, Secret password) {
        return new LoginAttempt(name, password, HERE.client(), HERE.listener());
    }

    private LoginResult login(Account account, Secret password) {
        return node.accounts.login(attempt(account.address().toString(), password));
    }

    private static Consumer<LoginResult> grantedByMainPassword(Account account) {
        return result -> {
            AuthenticatedAccount granted = ((Granted) result).account();
            assertThat(granted.account()).isEqualTo(account.id());
            assertThat(granted.address()).isEqualTo(account.address());
            assertThat(granted.credential()).isInstanceOf(Credential.Main.class);
        };
    }

    private static Refused refused(Cause cause) {
        return new Refused(cause);
    }

    @Test
    void aDisabledTenantsAccountsAreShut() {
        Tenant tenant = done(administration.addTenant("reseller"));
        done(store.keys().addDomain(tenant.id(), MailDomain.parse("reseller.example")));
        Account account = done(
                administration.addAccount(tenant.id(), EmailAddress.parse("a@reseller.example"), Optional.of(MAIN)));
        Granted granted = (Granted) login(account, MAIN);

        done(administration.setTenantState("reseller", EntryState.DISABLED));
        node.feed.read();

        assertThat(login(account, MAIN)).isEqualTo(refused(Cause.DISABLED));
        assertThat(node.accounts.stillGranted(granted.account())).isFalse();
        done(administration.setTenantState("reseller", EntryState.ACTIVE));
        node.feed.read();
        assertThat(node.accounts.stillGranted(granted.account())).isTrue();
    }

    @Test
    void aRevokedAppPasswordIsShutWithinTwoSeconds() {
        Account account = account();
        NewAppPassword made = done(appPasswords.create(account.address(), "printer"));
        NewAppPassword kept = done(appPasswords.create(account.address(), "shop"));
        Granted granted = (Granted) login(account, made.password());
        assertThat(node.accounts.stillGranted(granted.account())).isTrue();
        node.feed.start();

        done(appPasswords.revoke(account.address(), made.shown().id()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !node.accounts.stillGranted(granted.account())
                        && login(account, made.password()).equals(refused(Cause.WRONG_PASSWORD)));
        assertThat(login(account, kept.password())).isInstanceOf(Granted.class);
    }

    @Test
    void aChangedMainPasswordCountsAtOnceWhenTheFeedHasToldOfIt() {
        Account account = account();
        Secret next = new Secret("anderes pferd batterie");
        login(account, MAIN);
        done(administration.setPassword(account.address(), next));
        node.feed.read();

        assertThat(login(account, MAIN)).isEqualTo(refused(Cause.WRONG_PASSWORD));
        assertThat(login(account, next)).isInstanceOf(Granted.class);
    }

    @Test
    void aLoginByMainPasswordStandsUntilThatPasswordIsSetAnew() {
        Account account = account();
        NewAppPassword app = done(appPasswords.create(account.address(), "printer"));
        AuthenticatedAccount byMain = ((Granted) login(account, MAIN)).account();
        AuthenticatedAccount byApp = ((Granted) login(account, app.password())).account();
        assertThat(node.accounts.stillGranted(byMain)).isTrue();

        done(administration.setPassword(account.address(), MAIN));
        node.feed.read();

        assertThat(node.accounts.stillGranted(byMain)).isFalse();
        assertThat(node.accounts.stillGranted(byApp)).isTrue();
        assertThat(node.accounts.stillGranted(((Granted) login(account, MAIN)).account()))
                .isTrue();
    }

    @Test
    void noCacheIsBelievedWhileTheFeedIsNotRead() {
        Account account = account();
        NewAppPassword made = done(appPasswords.create(account.address(), "printer"));
        Granted granted = (Granted) login(account, made.password());
        node.accounts.stillGranted(granted.account());
        done(appPasswords.revoke(account.address(), made.shown().id()));

        node.ticker.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(login(account, made.password())).isEqualTo(refused(Cause.WRONG_PASSWORD));
        assertThat(node.accounts.stillGranted(granted.account())).isFalse();
    }

    @Test
    void anAccountThatWasRemovedAndCameBackIsANewOne() {
        Account account = account();
        Granted old = (Granted) login(account, MAIN);
        done(administration.removeAccount(account.address()));
        node.feed.read();
        assertThat(login(account, MAIN)).isEqualTo(refused(Cause.UNKNOWN_ACCOUNT));
        assertThat(node.accounts.stillGranted(old.account())).isFalse();

        Account again = done(administration.addAccount(Tenant.OPERATOR, account.address(), Optional.of(MAIN)));

        assertThat(login(again, MAIN)).satisfies(grantedByMainPassword(again));
        assertThat(node.accounts.stillGranted(old.account())).isFalse();
    }

    @Test
    void aCacheThatMissedTheRemovalFindsTheNewAccount() {
        Account account = account();
        login(account, MAIN);
        done(administration.removeAccount(account.address()));
        Account again = done(administration.addAccount(Tenant.OPERATOR, account.address(), Optional.of(MAIN)));
        node.feed.read();

        assertThat(login(again, MAIN)).satisfies(grantedByMainPassword(again));
    }
}
