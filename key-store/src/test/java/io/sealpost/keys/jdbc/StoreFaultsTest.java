package io.sealpost.keys.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.AccountAdministration;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.EntryState;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.account.TestHashers;
import io.sealpost.account.jdbc.JdbcAccountAdministration;
import io.sealpost.account.jdbc.JdbcAppPasswordAdministration;
import io.sealpost.database.Transactions;
import io.sealpost.fixtures.FaultPoints;
import io.sealpost.fixtures.FaultedAct;
import io.sealpost.fixtures.FaultedAct.Extent;
import io.sealpost.fixtures.TableLines;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAdministration;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.NewKey;
import io.sealpost.keys.Sealing;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection breaks at every statement of what a command changes of accounts, app passwords, senders, domains and keys: the change is
 * there with its rows in audit and change feed, or nothing is.
 */
class StoreFaultsTest {
    private static final MailDomain OFFICE = MailDomain.parse("office.example");
    private static final EmailAddress ANNA = EmailAddress.parse("anna@office.example");
    private static final EmailAddress BERT = EmailAddress.parse("bert@office.example");
    private static final SenderPattern BOSS = SenderPattern.parse("boss@office.example");
    private static final SenderPattern SALES = SenderPattern.parse("sales@office.example");
    private static final Secret PASSWORD = new Secret("four words to be remembered");
    private static final NewKey ED25519 = NewKey.of(KeyAlgorithm.ED25519);
    private static final List<String> EMPTIED = List.of(
            "app_password",
            "sender_identity",
            "account",
            "domain_keys_of",
            "domain_signing",
            "dkim_key",
            "domain",
            "audit",
            "change_feed");
    private static final List<String> SHOWN = List.of(
            "SELECT CONCAT_WS(' ', 'tenant', name, state) FROM tenant",
            "SELECT CONCAT_WS(' ', 'account', address, state, IF(hash IS NULL, 'no password', 'password')) FROM account",
            "SELECT CONCAT_WS(' ', 'app password', label) FROM app_password",
            "SELECT CONCAT_WS(' ', 'sender', pattern) FROM sender_identity",
            "SELECT CONCAT_WS(' ', 'domain', name) FROM domain",
            "SELECT CONCAT_WS(' ', 'key', selector, state, version, LENGTH(sealed) > 0) FROM dkim_key",
            "SELECT CONCAT_WS(' ', 'change', kind, subject <> '') FROM change_feed",
            "SELECT CONCAT_WS(' ', 'audit', action, subject) FROM audit");

    private static TestStore store;
    private static FaultPoints faults;
    /** What {@link Act#begin} made. */
    private static long appPassword;

    private static DkimKey signing;
    private static DkimKey pending;
    private static DkimKey retiring;

    @BeforeAll
    static void open() {
        store = TestStore.create();
        faults = FaultPoints.on(store.database());
    }

    @AfterAll
    static void close() {
        faults.close();
        store.close();
    }

    private record Administrations(
            AccountAdministration accounts, AppPasswordAdministration passwords, KeyAdministration keys) {}

    private interface Change {
        void by(Administrations on);
    }

    private enum Act implements FaultedAct<List<String>> {
        ADD_TENANT(on -> on.accounts().addTenant("customer")),
        DISABLE_TENANT(on -> on.accounts().setTenantState("other", EntryState.DISABLED)),
        ADD_ACCOUNT(on -> on.accounts().addAccount(Tenant.OPERATOR, BERT, Optional.of(PASSWORD))),
        SET_PASSWORD(on -> on.accounts().setPassword(ANNA, PASSWORD)),
        DISABLE_ACCOUNT(on -> on.accounts().setState(ANNA, EntryState.DISABLED, Optional.of("looks taken over"))),
        REMOVE_ACCOUNT(on -> on.accounts().removeAccount(ANNA)),
        CREATE_APP_PASSWORD(on -> on.passwords().create(ANNA, "phone")),
        REVOKE_APP_PASSWORD(on -> on.passwords().revoke(ANNA, appPassword)),
        ADD_SENDER(on -> on.accounts().addSender(ANNA, SALES)),
        REMOVE_SENDER(on -> on.accounts().removeSender(ANNA, BOSS)),
        ADD_DOMAIN(on -> on.keys().addDomain(Tenant.OPERATOR, MailDomain.parse("shop.example"))),
        REMOVE_DOMAIN(on -> on.keys().removeDomain(MailDomain.parse("old.example"))),
        CREATE_KEY(on -> on.keys().createKey(OFFICE, ED25519.withSelector("fresh"))),
        ROTATE(on -> on.keys().nextKey(OFFICE, ED25519, signing.id())),
        ACTIVATE(on -> on.keys().activate(pending.id(), KeyAdministrationTest.published(pending))),
        ROLL_BACK(on -> on.keys().rollBack(retiring.id(), KeyAdministrationTest.published(retiring))),
        RETIRE(on -> on.keys().retire(signing.id()));

        private final Change change;

        Act(Change change) {
            this.change = change;
        }

        @Override
        public void begin() {
            store.transactions().run(handle -> {
                EMPTIED.forEach(table -> handle.execute("DELETE FROM " + table));
                return handle.execute("DELETE FROM tenant WHERE id <> ?", Tenant.OPERATOR);
            });
            AccountAdministration accounts = store.accounts();
            KeyAdministration keys = store.keys();
            done(accounts.addTenant("other"));
            done(keys.addDomain(Tenant.OPERATOR, OFFICE));
            done(keys.addDomain(Tenant.OPERATOR, MailDomain.parse("old.example")));
            done(accounts.addAccount(Tenant.OPERATOR, ANNA, Optional.empty()));
            done(accounts.addSender(ANNA, BOSS));
            appPassword =
                    done(store.appPasswords().create(ANNA, "printer")).shown().id();
            retiring = active(keys, "first");
            signing = active(keys, "second");
            pending = this == ROTATE ? null : done(keys.createKey(OFFICE, ED25519.withSelector("third")));
        }

        private static DkimKey active(KeyAdministration keys, String selector) {
            DkimKey key = done(keys.createKey(OFFICE, ED25519.withSelector(selector)));
            keys.activate(key.id(), KeyAdministrationTest.published(key));
            return key;
        }

        @Override
        public void act(Transactions transactions) {
            Changes changes = new Changes(transactions, store.clock(), "tester@host");
            change.by(new Administrations(
                    new JdbcAccountAdministration(changes, TestHashers.cheap()),
                    new JdbcAppPasswordAdministration(changes, store.dataKeys()),
                    new JdbcKeyAdministration(changes, new Sealing(store.dataKeys()))));
        }

        @Override
        public List<String> look() {
            return TableLines.of(store.transactions(), SHOWN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ADD_ACCOUNT", "REMOVE_ACCOUNT", "CREATE_APP_PASSWORD", "REMOVE_DOMAIN", "ACTIVATE", "RETIRE"})
    void aChangeIsWholeOrNotDone(Act act) throws Exception {
        assertThat(act.faulted(faults, store.transactions(), Extent.SAMPLE)).isGreaterThan(8);
    }

    @Tag("crash")
    @ParameterizedTest
    @EnumSource
    void aChangeIsWholeOrNotDoneWhereverItBreaks(Act act) throws Exception {
        assertThat(act.faulted(faults, store.transactions(), Extent.EVERY)).isGreaterThan(30);
    }
}
