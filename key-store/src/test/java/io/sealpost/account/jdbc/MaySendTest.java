package io.sealpost.account.jdbc;

import static io.sealpost.account.SendPermission.ALLOWED;
import static io.sealpost.account.SendPermission.DOMAIN_NOT_HELD;
import static io.sealpost.account.SendPermission.NOT_A_SENDER;
import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.Credential;
import io.sealpost.account.Origin;
import io.sealpost.account.SendPermission;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaySendTest {
    private static final Origin HERE = new Origin(InetAddress.getLoopbackAddress(), "submission");
    private static TestStore store;
    private static Account frieda;
    private static int names;

    private final AccountAdministration administration = store.accounts();
    private final TestStore.Node node = store.node();

    @BeforeAll
    static void open() {
        store = TestStore.create();
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("mine.example")));
        done(store.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("bücher.example")));
        frieda = add("Frieda@mine.example");
        add("otto@mine.example");
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static Account add(String address) {
        return done(store.accounts().addAccount(Tenant.OPERATOR, EmailAddress.parse(address), Optional.empty()));
    }

    private Account fresh() {
        return add("user" + ++names + "@mine.example");
    }

    private SendPermission maySend(Account account, String address) {
        return node.accounts.maySend(
                new AuthenticatedAccount(
                        account.tenant(), account.id(), account.address(), new Credential.Main("mark"), HERE),
                EmailAddress.parse(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frieda@mine.example",
                "FRIEDA@Mine.Example",
                "frieda+shop@mine.example",
                "Frieda+a+b@mine.example",
            })
    void anAccountSendsAsItselfWithAnyTag(String address) {
        assertThat(maySend(frieda, address)).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "otto@mine.example",
                "frieda@theirs.example",
                "frieda@www.mine.example",
                "frieda.x@mine.example",
                "frieda+x@bücher.example",
                "fried@mine.example",
                "+frieda@mine.example",
                "\"frieda\"@mine.example",
                "\"frieda+x\"@mine.example",
                "*@mine.example",
                "frıeda@mine.example",
            })
    void anAccountDoesNotSendAsAnybodyElse(String address) {
        assertThat(maySend(frieda, address)).isEqualTo(NOT_A_SENDER);
    }

    @Test
    void aTagThatIsAnotherAccountIsSomebodyElse() {
        Account boss = done(administration.addAccount(
                Tenant.OPERATOR, EmailAddress.parse("frieda+boss@mine.example"), Optional.empty()));

        assertThat(maySend(frieda, "frieda+boss@mine.example")).isEqualTo(NOT_A_SENDER);
        assertThat(maySend(frieda, "frieda+Boss+x@mine.example")).isEqualTo(NOT_A_SENDER);
        assertThat(maySend(frieda, "frieda+bossy@mine.example")).isEqualTo(ALLOWED);
        assertThat(maySend(boss, "frieda+boss+x@mine.example")).isEqualTo(ALLOWED);
        assertThat(maySend(boss, "frieda@mine.example")).isEqualTo(NOT_A_SENDER);
        assertThat(maySend(boss, "frieda+x@mine.example")).isEqualTo(NOT_A_SENDER);
    }

    @Test
    void sendersWidenItToAnAddressOrADomain() {
        Account account = fresh();
        assertThat(maySend(account, "info@xn--bcher-kva.example")).isEqualTo(NOT_A_SENDER);
        done(administration.addSender(account.address(), SenderPattern.parse("*@bücher.example")));
        done(administration.addSender(account.address(), SenderPattern.parse("otto@mine.example")));
        node.feed.read();

        assertThat(maySend(account, "Info@BÜCHER.example")).isEqualTo(ALLOWED);
        assertThat(maySend(account, "OTTO@mine.example")).isEqualTo(ALLOWED);
        assertThat(maySend(account, "otto+x@mine.example")).isEqualTo(NOT_A_SENDER);
        done(administration.removeSender(account.address(), SenderPattern.parse("*@bücher.example")));
        node.feed.read();
        assertThat(maySend(account, "info@bücher.example")).isEqualTo(NOT_A_SENDER);
    }

    @Test
    void theTenantMustHoldTheDomainStill() {
        Tenant tenant = done(administration.addTenant("customer"));
        MailDomain domain = MailDomain.parse("customer.example");
        done(store.keys().addDomain(tenant.id(), domain));
        Account account = done(
                administration.addAccount(tenant.id(), EmailAddress.parse("a@customer.example"), Optional.empty()));
        assertThat(maySend(account, "a@customer.example")).isEqualTo(ALLOWED);

        done(store.keys().removeDomain(domain));
        node.feed.read();
        assertThat(maySend(account, "a@customer.example")).isEqualTo(DOMAIN_NOT_HELD);

        done(store.keys().addDomain(Tenant.OPERATOR, domain));
        node.feed.read();
        assertThat(maySend(account, "a@customer.example")).isEqualTo(DOMAIN_NOT_HELD);
    }

    @Test
    void noCacheIsBelievedWhileTheFeedIsNotRead() {
        Account account = fresh();
        done(administration.addSender(account.address(), SenderPattern.parse("otto@mine.example")));
        assertThat(maySend(account, "otto@mine.example")).isEqualTo(ALLOWED);
        done(administration.removeSender(account.address(), SenderPattern.parse("otto@mine.example")));

        node.ticker.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(maySend(account, "otto@mine.example")).isEqualTo(NOT_A_SENDER);
    }

    @Test
    void aRemovedAccountSendsAsNobody() {
        Account account = fresh();
        done(administration.removeAccount(account.address()));

        assertThat(maySend(account, account.address().toString())).isEqualTo(NOT_A_SENDER);
    }
}
