package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.Account.MainPassword;
import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.EntryState;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Outcome.Refused;
import io.sealpost.keys.Problem;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountAdministrationTest {
    private static final Secret GOOD = new Secret("korrekt pferd batterie");
    private static final MailDomain MINE = MailDomain.parse("mine.example");
    private static final MailDomain THEIRS = MailDomain.parse("theirs.example");
    private static TestStore store;
    private static Tenant others;
    private static int names;

    private final AccountAdministration accounts = store.accounts();
    private final AppPasswordAdministration appPasswords = store.appPasswords();

    @BeforeAll
    static void open() {
        store = TestStore.create();
        others = done(store.accounts().addTenant("others"));
        done(store.keys().addDomain(Tenant.OPERATOR, MINE));
        done(store.keys().addDomain(others.id(), THEIRS));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static EmailAddress freshAddress() {
        return EmailAddress.parse("User" + ++names + "@" + MINE);
    }

    private Account freshAccount() {
        return done(accounts.addAccount(Tenant.OPERATOR, freshAddress(), Optional.empty()));
    }

    private static Problem refused(Outcome<?> outcome) {
        return ((Refused<?>) outcome).problem();
    }

    @Test
    void everyDatabaseHasTheOperator() {
        assertThat(accounts.tenant("operator")).contains(new Tenant(Tenant.OPERATOR, "operator", EntryState.ACTIVE));
        assertThat(refused(accounts.setTenantState("operator", EntryState.DISABLED))
                        .kind())
                .isEqualTo(Kind.WRONG_STATE);
    }

    @Test
    void tenantsHaveNamesOfTheirOwn() {
        assertThat(accounts.tenants()).extracting(Tenant::name).contains("operator", "others");
        assertThat(refused(accounts.addTenant("others")).kind()).isEqualTo(Kind.ALREADY_THERE);
        assertThat(refused(accounts.addTenant(" ")).kind()).isEqualTo(Kind.UNFIT);
        assertThat(refused(accounts.addTenant("x".repeat(101))).kind()).isEqualTo(Kind.UNFIT);
        assertThat(refused(accounts.setTenantState("nobody", EntryState.ACTIVE)).kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(accounts.tenant("nobody")).isEmpty();
    }

    @Test
    void anAccountKeepsItsAddressAsGivenAndIsFoundHoweverItIsWritten() {
        EmailAddress address = EmailAddress.parse("Frieda.Meier@MINE.example");

        Account added = done(accounts.addAccount(Tenant.OPERATOR, address, Optional.of(GOOD)));

        assertThat(added.address()).hasToString("Frieda.Meier@mine.example");
        assertThat(added.login()).isEqualTo(MainPassword.SET);
        assertThat(accounts.account(EmailAddress.parse("frieda.MEIER@mine.example")))
                .contains(added);
        assertThat(accounts.accounts()).contains(added);
        assertThat(refused(accounts.addAccount(
                                Tenant.OPERATOR, EmailAddress.parse("FRIEDA.meier@mine.example"), Optional.empty()))
                        .kind())
                .isEqualTo(Kind.ALREADY_THERE);
    }

    @Test
    void anAccountNeedsADomainThatItsTenantHolds() {
        EmailAddress foreign = EmailAddress.parse("x@" + THEIRS);

        assertThat(refused(accounts.addAccount(Tenant.OPERATOR, foreign, Optional.empty())))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_HELD))
                .satisfies(problem -> assertThat(problem.sentence()).contains("sealpost domain add theirs.example"));
        assertThat(refused(accounts.addAccount(
                                Tenant.OPERATOR, EmailAddress.parse("x@nobodys.example"), Optional.empty()))
                        .kind())
                .isEqualTo(Kind.NOT_HELD);
        assertThat(refused(accounts.addAccount(9_999, freshAddress(), Optional.empty()))
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(done(accounts.addAccount(others.id(), foreign, Optional.empty()))
                        .tenant())
                .isEqualTo(others.id());
    }

    @Test
    void weakMainPasswordsAreRefused() {
        Account account = freshAccount();

        assertThat(refused(accounts.addAccount(Tenant.OPERATOR, freshAddress(), Optional.of(new Secret("short"))))
                        .kind())
                .isEqualTo(Kind.UNFIT);
        assertThat(refused(accounts.setPassword(account.address(), new Secret("password123")))
                        .kind())
                .isEqualTo(Kind.UNFIT);
        assertThat(done(accounts.setPassword(account.address(), GOOD)).login()).isEqualTo(MainPassword.SET);
    }

    @Test
    void whatIsNotThereIsUnknown() {
        EmailAddress nobody = EmailAddress.parse("nobody@mine.example");
        SenderPattern sender = SenderPattern.parse("a@mine.example");

        assertThat(List.of(
                        accounts.setPassword(nobody, GOOD),
                        accounts.setState(nobody, EntryState.DISABLED),
                        accounts.removeAccount(nobody),
                        appPasswords.create(nobody, "printer"),
                        appPasswords.list(nobody),
                        appPasswords.revoke(nobody, 1),
                        accounts.addSender(nobody, sender),
                        accounts.senders(nobody),
                        accounts.removeSender(nobody, sender)))
                .allSatisfy(outcome -> assertThat(refused(outcome))
                        .isEqualTo(new Problem(Kind.UNKNOWN, "there is no account nobody@mine.example")));
        assertThat(accounts.account(nobody)).isEmpty();
    }

    @Test
    void anAccountGoesWithAllItHasAndMayComeBack() {
        Account account = freshAccount();
        done(appPasswords.create(account.address(), "printer"));
        done(accounts.addSender(account.address(), SenderPattern.parse("*@mine.example")));

        done(accounts.removeAccount(account.address()));

        assertThat(accounts.account(account.address())).isEmpty();
        assertThat(store.count("SELECT COUNT(*) FROM app_password WHERE account = ?", account.id()))
                .isZero();
        Account again = done(accounts.addAccount(Tenant.OPERATOR, account.address(), Optional.empty()));
        assertThat(again.id()).isGreaterThan(account.id());
        assertThat(done(appPasswords.list(again.address()))).isEmpty();
    }

    @Test
    void appPasswordsAreListedByLabelAndRevokedOneByOne() {
        Account account = freshAccount();
        Account another = freshAccount();
        NewAppPassword printer = done(appPasswords.create(account.address(), "Drucker im Flur"));
        NewAppPassword shop = done(appPasswords.create(account.address(), "shop"));

        assertThat(done(appPasswords.list(account.address()))).containsExactly(printer.shown(), shop.shown());
        assertThat(refused(appPasswords.revoke(another.address(), shop.shown().id()))
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(done(appPasswords.revoke(account.address(), shop.shown().id())))
                .isEqualTo(shop.shown());
        assertThat(done(appPasswords.list(account.address()))).containsExactly(printer.shown());
        assertThat(refused(appPasswords.create(account.address(), " ")).kind()).isEqualTo(Kind.UNFIT);
        assertThat(refused(appPasswords.create(account.address(), "x".repeat(101)))
                        .kind())
                .isEqualTo(Kind.UNFIT);
    }

    @Test
    void sendersAreOfTheTenantsDomainsOnly() {
        Account account = freshAccount();
        SenderPattern own = SenderPattern.parse("Sales@mine.example");
        SenderPattern all = SenderPattern.parse("*@mine.example");

        done(accounts.addSender(account.address(), own));
        done(accounts.addSender(account.address(), all));

        assertThat(done(accounts.senders(account.address()))).containsExactly(all, own);
        assertThat(refused(accounts.addSender(account.address(), SenderPattern.parse("SALES@mine.example")))
                        .kind())
                .isEqualTo(Kind.ALREADY_THERE);
        assertThat(refused(accounts.addSender(account.address(), SenderPattern.parse("*@theirs.example")))
                        .kind())
                .isEqualTo(Kind.NOT_HELD);
        done(accounts.removeSender(account.address(), own));
        assertThat(refused(accounts.removeSender(account.address(), own)).kind())
                .isEqualTo(Kind.UNKNOWN);
        assertThat(done(accounts.senders(account.address()))).containsExactly(all);
    }

    @Test
    void everyChangeIsWrittenDownWithoutASecret() {
        Account account = freshAccount();
        EmailAddress address = account.address();
        done(accounts.setPassword(address, GOOD));
        NewAppPassword made = done(appPasswords.create(address, "printer \"1\""));
        done(accounts.addSender(address, SenderPattern.parse("*@mine.example")));
        done(accounts.removeSender(address, SenderPattern.parse("*@mine.example")));
        done(appPasswords.revoke(address, made.shown().id()));
        done(accounts.setState(address, EntryState.DISABLED));
        done(accounts.setState(address, EntryState.ACTIVE));
        done(accounts.removeAccount(address));

        List<String> actions = store.transactions()
                .read(handle -> handle.select(
                                "SELECT action FROM audit WHERE subject = ? ORDER BY id", address.folded())
                        .mapTo(String.class)
                        .list());
        List<String> json = store.transactions()
                .read(handle -> handle.select("SELECT json FROM audit WHERE subject = ?", address.folded())
                        .mapTo(String.class)
                        .list());
        List<String> changes = store.transactions()
                .read(handle -> handle.select(
                                "SELECT kind FROM change_feed WHERE subject = ? AND kind IN ('ACCOUNT', 'APP_PASSWORD', 'SENDER')"
                                        + " ORDER BY seq",
                                Long.toString(account.id()))
                        .mapTo(String.class)
                        .list());
        assertThat(actions)
                .containsExactly(
                        "account.add",
                        "account.passwd",
                        "app-password.create",
                        "sender.add",
                        "sender.remove",
                        "app-password.revoke",
                        "account.disable",
                        "account.enable",
                        "account.remove");
        assertThat(changes)
                .containsExactly(
                        "ACCOUNT",
                        "ACCOUNT",
                        "APP_PASSWORD",
                        "SENDER",
                        "SENDER",
                        "APP_PASSWORD",
                        "ACCOUNT",
                        "ACCOUNT",
                        "ACCOUNT");
        assertThat(json)
                .noneMatch(text -> text.contains(GOOD.reveal())
                        || text.contains(made.password().reveal()));
        assertThat(made).asString().doesNotContain(made.password().reveal());
    }
}
