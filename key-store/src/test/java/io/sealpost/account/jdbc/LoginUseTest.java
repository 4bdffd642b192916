package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealpost.account.Account;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginHistory;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.LoginUse;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.Tenant;
import io.sealpost.account.TestHashers;
import io.sealpost.database.StoreUnavailable;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.keys.jdbc.AwayStore;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When and from where credentials were last used. */
class LoginUseTest {
    private static final Secret MAIN = new Secret("korrekt pferd batterie");
    private static TestStore store;
    private static int names;

    private final AppPasswordAdministration appPasswords = store.appPasswords();
    private final MovableClock clock = MovableClock.at(Instant.now().truncatedTo(ChronoUnit.MICROS));
    private final TestStore.Node node = store.node(TestHashers.cheap(), clock);
    private final Account account = done(store.accounts()
            .addAccount(Tenant.OPERATOR, EmailAddress.parse("user" + ++names + "@mine.example"), Optional.of(MAIN)));

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

    private LoginAttempt attempt(Secret password) {
        return new LoginAttempt(
                account.address().toString(),
                password,
                InetAddress.getLoopbackAddress(),
                "submission",
                "printer.local",
                Optional.of("TLSv1.2 X"));
    }

    private LoginResult login(Secret password) {
        return node.accounts.login(attempt(password));
    }

    private NewAppPassword idleAfter(Duration time) {
        return done(appPasswords.create(
                account.address(),
                "printer",
                new CredentialBounds(
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(time),
                        Optional.empty(),
                        Optional.empty())));
    }

    private LoginHistory.Seen seen() {
        return done(store.logins().of(account.address()));
    }

    @Test
    void anAppPasswordTellsWhenFromWhereHowAndHowOften() {
        NewAppPassword printer = done(appPasswords.create(account.address(), "printer"));
        NewAppPassword other = done(appPasswords.create(account.address(), "other"));
        login(printer.password());
        clock.advance(Duration.ofSeconds(5));
        login(printer.password());
        node.uses.write();
        clock.advance(Duration.ofSeconds(5));
        login(printer.password());
        node.uses.write();
        node.uses.write();

        assertThat(done(appPasswords.find(account.address(), printer.shown().id()))
                        .lastUse())
                .contains(new LoginUse(
                        clock.instant(),
                        InetAddress.getLoopbackAddress(),
                        "submission",
                        Optional.of("TLSv1.2 X"),
                        "printer.local",
                        3));
        assertThat(done(appPasswords.find(account.address(), other.shown().id()))
                        .lastUse())
                .isEmpty();
    }

    @Test
    void theAccountTellsOfItsMainPasswordAndOfRefusalsWithTheTrueReason() {
        NewAppPassword ended = idleAfter(Duration.ofHours(1));
        login(MAIN);
        login(new Secret("falsch pferd batterie"));
        login(new Secret("falsch pferd batterie"));
        clock.advance(Duration.ofHours(2));
        assertThat(login(ended.password())).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
        node.uses.write();

        assertThat(seen().byMainPassword()).map(LoginUse::times).contains(1L);
        assertThat(seen().refused()).containsOnlyKeys(Cause.WRONG_PASSWORD, Cause.NOT_ALLOWED_HERE);
        assertThat(seen().refused().get(Cause.WRONG_PASSWORD).times()).isEqualTo(2);
    }

    @Test
    void oneThatNobodyUsedForTooLongIsOver() {
        NewAppPassword printer = idleAfter(Duration.ofDays(90));
        assertThat(login(printer.password())).isInstanceOf(Granted.class);
        node.uses.write();

        clock.advance(Duration.ofDays(89));
        assertThat(login(printer.password())).isInstanceOf(Granted.class);
        clock.advance(Duration.ofDays(89));
        assertThat(login(printer.password()))
                .as("the use before is not written yet")
                .isInstanceOf(Granted.class);
        node.uses.write();
        clock.advance(Duration.ofDays(91));

        assertThat(login(printer.password())).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
    }

    @Test
    void whatAnotherNodeSawCountsForOneThatIsUsedByTurns() {
        NewAppPassword printer = idleAfter(Duration.ofDays(90));
        login(printer.password()); // So this node keeps it, never used.
        node.uses.write();
        clock.advance(Duration.ofDays(60));
        try (TestStore.Node other = store.node(TestHashers.cheap(), clock)) {
            other.accounts.login(attempt(printer.password()));
            other.uses.write();
        }
        clock.advance(Duration.ofDays(60));

        assertThat(login(printer.password())).isInstanceOf(Granted.class);
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsAwayAndNoLoginWaitsForIt() {
        NewAppPassword printer = done(appPasswords.create(account.address(), "printer"));
        try (AwayStore away = new AwayStore(store)) {
            assertThat(away.accounts().login(attempt(printer.password()))).isInstanceOf(Granted.class);
            away.cut();
            assertThat(away.accounts().login(attempt(printer.password()))).isInstanceOf(Granted.class);
            assertThatExceptionOfType(StoreUnavailable.class)
                    .isThrownBy(() -> away.uses().write());
            away.reopen();

            away.uses().write();
        }
        assertThat(done(appPasswords.find(account.address(), printer.shown().id()))
                        .lastUse())
                .map(LoginUse::times)
                .contains(2L);
    }

    @Test
    void aRevokedOneAndARemovedAccountLeaveNothingBehind() {
        NewAppPassword printer = done(appPasswords.create(account.address(), "printer"));
        login(printer.password());
        login(MAIN);
        node.uses.write();
        done(appPasswords.revokeAll(account.address()));
        assertThat(store.count("SELECT COUNT(*) FROM login_use WHERE account = ?", account.id()))
                .isOne();

        login(MAIN);
        done(store.accounts().removeAccount(account.address()));
        node.uses.write();

        assertThat(store.count("SELECT COUNT(*) FROM login_use WHERE account = ?", account.id()))
                .isZero();
    }
}
