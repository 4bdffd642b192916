package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.MainPasswordUse;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An account or its tenant forbids main passwords for SMTP. */
class AppPasswordsOnlyTest {
    private static final Secret MAIN = new Secret("korrekt pferd batterie");

    private final TestStore store = TestStore.create();
    private final AccountAdministration administration = store.accounts();
    private final CountingHasher hasher = new CountingHasher();
    private final TestStore.Node node = store.node(hasher);

    @AfterEach
    void close() {
        node.close();
        store.close();
    }

    private Account account() {
        Tenant tenant = done(administration.addTenant("Reseller"));
        done(store.keys().addDomain(tenant.id(), MailDomain.parse("mine.example")));
        return done(administration.addAccount(tenant.id(), EmailAddress.parse("anna@mine.example"), Optional.of(MAIN)));
    }

    private LoginResult login(Account account, Secret password) {
        return node.accounts.login(new LoginAttempt(
                account.address().toString(), password, InetAddress.getLoopbackAddress(), "submission"));
    }

    @Test
    void aTenantsRuleHoldsForItsAccountsAndEndsTheirSessions() {
        Account account = account();
        Granted open = (Granted) login(account, MAIN);

        done(store.profiles()
                .changeTenant(
                        "Reseller", tenant -> tenant.withMainPassword(MainPasswordUse.FORBIDDEN), Optional.empty()));
        node.feed.read();

        checkShut(account);
        assertThat(node.accounts.stillGranted(open.account())).isFalse();
    }

    @Test
    void anAccountsRuleHoldsForItAlone() {
        Account account = account();
        Account other = done(administration.addAccount(
                account.tenant(), EmailAddress.parse("bert@mine.example"), Optional.of(MAIN)));
        done(store.profiles()
                .changeAccount(
                        account.address(),
                        profile -> profile.withMainPassword(MainPasswordUse.FORBIDDEN),
                        Optional.empty()));
        node.feed.read();

        checkShut(account);
        assertThat(login(other, MAIN)).isInstanceOf(Granted.class);
    }

    /** The right main password costs one hash as each other end, and app passwords go on. */
    private void checkShut(Account account) {
        NewAppPassword app = done(store.appPasswords().create(account.address(), "printer"));
        node.feed.read();
        hasher.sinceLast();

        assertThat(login(account, MAIN)).isEqualTo(new Refused(Cause.APP_PASSWORDS_ONLY));
        assertThat(hasher.sinceLast()).isEqualTo(1);
        assertThat(login(account, app.password())).isInstanceOf(Granted.class);
    }
}
