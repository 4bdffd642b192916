package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.account.Account;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.AppPasswordText;
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
import io.sealpost.database.StoreUnavailable;
import io.sealpost.keys.jdbc.AwayStore;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may log in, with what. */
class LoginTest {
    private static final Secret MAIN = new Secret("korrekt pferd batterie");
    private static final Secret WRONG = new Secret("falsch pferd batterie");
    private static final Origin HERE = new Origin(InetAddress.getLoopbackAddress(), "submission");
    private static TestStore store;
    private static int names;

    private final AccountAdministration administration = store.accounts();
    private final AppPasswordAdministration appPasswords = store.appPasswords();
    private final CountingHasher hasher = new CountingHasher();
    private final TestStore.Node node = store.node(hasher);

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

    private static Granted granted(Account account, NewAppPassword password) {
        Credential credential = new Credential.App(password.shown().id());
        return new Granted(
                new AuthenticatedAccount(account.tenant(), account.id(), account.address(), credential, HERE));
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

    private static Secret noSuchAppPassword() {
        return AppPasswordText.generate(new SecureRandom());
    }

    @Test
    void theMainPasswordOpensTheAccountHoweverTheNameIsWritten() {
        Account account = account();

        assertThat(login(account, MAIN)).satisfies(grantedByMainPassword(account));
        assertThat(node.accounts.login(attempt(account.address().toString().toUpperCase(Locale.ROOT), MAIN)))
                .satisfies(grantedByMainPassword(account));
        assertThat(login(account, WRONG)).isEqualTo(refused(Cause.WRONG_PASSWORD));
    }

    @Test
    void anAppPasswordOpensItHoweverItIsTypedAndCostsNoHash() {
        Account account = account();
        NewAppPassword made = done(appPasswords.create(account.address(), "printer"));
        String text = made.password().reveal();
        Granted granted = granted(account, made);

        assertThat(login(account, made.password())).isEqualTo(granted);
        assertThat(login(account, new Secret(text.toUpperCase(Locale.ROOT)))).isEqualTo(granted);
        assertThat(login(account, new Secret(text.replace("-", "")))).isEqualTo(granted);
        assertThat(login(account, new Secret(text.replace("-", " ") + " "))).isEqualTo(granted);
        assertThat(hasher.sinceLast()).isZero();
    }

    @Test
    void anAppPasswordOpensNoOtherAccount() {
        Account account = account();
        Account another = account();
        NewAppPassword made = done(appPasswords.create(account.address(), "printer"));

        assertThat(login(another, made.password())).isEqualTo(refused(Cause.WRONG_PASSWORD));
    }

    @Test
    void anAppPasswordsRowIsWorthNothingAtAnotherAccount() {
        Account account = account();
        Account another = account();
        NewAppPassword made = done(appPasswords.create(account.address(), "printer"));
        store.transactions()
                .run(handle -> handle.execute(
                        "UPDATE app_password SET account = ? WHERE id = ?",
                        another.id(),
                        made.shown().id()));

        assertThat(login(another, made.password())).isEqualTo(refused(Cause.WRONG_PASSWORD));
    }

    @Test
    void aMainPasswordMayLookLikeAnAppPassword() {
        Secret shaped = noSuchAppPassword();
        Account account = account(Optional.of(shaped));

        assertThat(login(account, shaped)).satisfies(grantedByMainPassword(account));
    }

    @Test
    void everyRefusalCostsOneHashWhateverItsCause() {
        Account account = account();
        Account withoutMain = account(Optional.empty());
        Account disabled = account();
        NewAppPassword ofDisabled = done(appPasswords.create(disabled.address(), "printer"));
        done(administration.setState(disabled.address(), EntryState.DISABLED));

        for (Secret password : new Secret[] {WRONG, noSuchAppPassword()}) {
            assertThat(node.accounts.login(attempt("nobody@mine.example", password)))
                    .isEqualTo(refused(Cause.UNKNOWN_ACCOUNT));
            assertThat(hasher.sinceLast()).isEqualTo(1);
            assertThat(node.accounts.login(attempt("no address", password))).isEqualTo(refused(Cause.UNKNOWN_ACCOUNT));
            assertThat(hasher.sinceLast()).isEqualTo(1);
            assertThat(login(account, password)).isEqualTo(refused(Cause.WRONG_PASSWORD));
            assertThat(hasher.sinceLast()).isEqualTo(1);
            assertThat(login(withoutMain, password)).isEqualTo(refused(Cause.WRONG_PASSWORD));
            assertThat(hasher.sinceLast()).isEqualTo(1);
            assertThat(login(disabled, password)).isEqualTo(refused(Cause.DISABLED));
            assertThat(hasher.sinceLast()).isEqualTo(1);
        }
        assertThat(login(disabled, MAIN)).isEqualTo(refused(Cause.DISABLED));
        assertThat(hasher.sinceLast()).isEqualTo(1);
        assertThat(login(disabled, ofDisabled.password())).isEqualTo(refused(Cause.DISABLED));
        assertThat(hasher.sinceLast()).isEqualTo(1);
    }

    @Test
    void anEmptyPasswordOpensNothing() {
        assertThat(login(account(Optional.empty()), new Secret(""))).isEqualTo(refused(Cause.WRONG_PASSWORD));
    }

    @Test
    void nobodyCanTellWhileTheDatabaseIsAway() {
        Account account = account();
        LoginAttempt attempt = attempt(account.address().toString(), MAIN);
        try (AwayStore away = new AwayStore(store)) {
            away.cut();
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> away.accounts().login(attempt));
        }
    }
}
