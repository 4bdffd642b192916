package io.sealpost.account.jdbc;

import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.account.Account;
import io.sealpost.account.AppPassword;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.DeviceAdministration;
import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.EntryState;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.LoginUse;
import io.sealpost.account.Origin;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.MailDomain;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices without a password. */
class DeviceTest {
    private static TestStore store;
    private static int names;

    private final DeviceAdministration devices = store.devices();
    private final TestStore.Node node = store.node();
    private final int number = ++names;
    private final Account account = account("user" + number);

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

    private static Account account(String name) {
        return done(store.accounts()
                .addAccount(Tenant.OPERATOR, EmailAddress.parse(name + "@mine.example"), Optional.empty()));
    }

    private static CredentialBounds known(String network, String... senders) {
        return new CredentialBounds(
                List.of(senders).stream().map(SenderPattern::parse).toList(),
                List.of(IpNetwork.parse(network)),
                List.of("submission"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private AppPassword add(String network, String... senders) {
        AppPassword made = done(devices.add(account.address(), "printer", known(network, senders)));
        node.feed.read();
        return made;
    }

    private LoginResult mail(String client, String listener, String sender) {
        try {
            return node.accounts.device(new DeviceAttempt(
                    new Origin(InetAddress.getByName(client), listener),
                    EmailAddress.tryParse(sender),
                    "printer.local",
                    Optional.of("TLSv1.3 X")));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private String own() {
        return account.address().toString();
    }

    private static Problem problem(Outcome<AppPassword> outcome) {
        return ((Outcome.Refused<AppPassword>) outcome).problem();
    }

    @Test
    void isTakenFromItsNetworkOnItsListenerAsItsSenderOnly() {
        assertThat(mail("10.1." + number + ".7", "submission", own())).isEqualTo(new Refused(Cause.UNKNOWN_ACCOUNT));
        AppPassword device = add("10.1." + number + ".6/31", own());

        AuthenticatedAccount granted = ((Granted)
                        mail("10.1." + number + ".7", "submission", own().toUpperCase(java.util.Locale.ROOT)))
                .account();
        assertThat(granted.account()).isEqualTo(account.id());
        assertThat(granted.credential().appPassword()).hasValue(device.id());
        assertThat(node.accounts.stillGranted(granted)).isTrue();
        assertThat(mail("10.1." + number + ".8", "submission", own())).isEqualTo(new Refused(Cause.UNKNOWN_ACCOUNT));
        assertThat(mail("10.1." + number + ".7", "legacy", own())).isEqualTo(new Refused(Cause.UNKNOWN_ACCOUNT));
        assertThat(mail("10.1." + number + ".7", "submission", "other@mine.example"))
                .isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
        assertThat(mail("10.1." + number + ".7", "submission", "")).isInstanceOf(Granted.class);
    }

    @Test
    void twoOfANetworkAreToldApartByTheirSenders() {
        done(store.accounts().addSender(account.address(), SenderPattern.parse("scan" + number + "@mine.example")));
        AppPassword printer = add("10.2." + number + ".0/24", own());
        AppPassword scanner = add("10.2." + number + ".9", "scan" + number + "@mine.example");
        String client = "10.2." + number + ".9";

        assertThat(credential(mail(client, "submission", own()))).isEqualTo(printer.id());
        assertThat(credential(mail(client, "submission", "scan" + number + "@mine.example")))
                .isEqualTo(scanner.id());
        assertThat(mail(client, "submission", "")).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
        assertThat(problem(devices.add(account.address(), "third", known("10.2." + number + ".128/25", own())))
                        .sentence())
                .contains("the device " + printer.id() + " (printer)", "another sender");
    }

    private static long credential(LoginResult result) {
        return ((Granted) result).account().credential().appPassword().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/23", "2001:db8::/63", "0.0.0.0/0", "::/0"})
    void noNetworkIsWiderThanAFewMachines(String network) {
        assertThat(problem(devices.add(account.address(), "printer", known(network, own())))
                        .sentence())
                .contains("too wide");
    }

    @Test
    void hasSendersOfItsAccountAndNotAllOfADomain() {
        done(store.accounts().addSender(account.address(), SenderPattern.parse("*@mine.example")));

        assertThat(problem(devices.add(account.address(), "p", known("10.3.0.1")))
                        .sentence())
                .contains("name each");
        assertThat(problem(devices.add(account.address(), "p", known("10.3.0.1", "*@mine.example")))
                        .sentence())
                .contains("name each");
        assertThat(problem(devices.add(account.address(), "p", known("10.3.0.1", "a@other.example")))
                        .sentence())
                .contains("sealpost sender add");
    }

    @Test
    void isShutWhenItIsRevokedOrItsAccountIsDisabled() {
        AppPassword device = add("10.4." + number + ".1", own());
        AuthenticatedAccount session = ((Granted) mail("10.4." + number + ".1", "submission", own())).account();
        done(store.accounts().setState(account.address(), EntryState.DISABLED));
        node.feed.read();
        assertThat(mail("10.4." + number + ".1", "submission", own())).isInstanceOf(Refused.class);
        assertThat(node.accounts.stillGranted(session)).isFalse();
        done(store.accounts().setState(account.address(), EntryState.ACTIVE));
        node.feed.read();
        assertThat(mail("10.4." + number + ".1", "submission", own())).isInstanceOf(Granted.class);

        done(devices.revoke(account.address(), device.id()));
        node.feed.read();

        assertThat(node.accounts.stillGranted(session)).isFalse();
        assertThat(mail("10.4." + number + ".1", "submission", own())).isEqualTo(new Refused(Cause.UNKNOWN_ACCOUNT));
        assertThat(store.count("SELECT COUNT(*) FROM device WHERE credential = ?", device.id()))
                .isZero();
    }

    @Test
    void isListedApartFromTheAppPasswordsWithItsLastUse() {
        AppPassword device = add("10.5." + number + ".1", own());
        mail("10.5." + number + ".1", "submission", own());
        node.uses.write();

        assertThat(done(store.appPasswords().list(account.address()))).isEmpty();
        assertThat(done(devices.list(account.address())))
                .singleElement()
                .satisfies(each -> assertThat(each.id()).isEqualTo(device.id()))
                .satisfies(
                        each -> assertThat(each.lastUse()).map(LoginUse::helo).contains("printer.local"));
        assertThat(store.appPasswords().revoke(account.address(), device.id())).isInstanceOf(Outcome.Refused.class);
    }
}
