package io.sealpost.account.jdbc;

import static io.sealpost.account.SendPermission.ALLOWED;
import static io.sealpost.account.SendPermission.NOT_A_SENDER;
import static io.sealpost.account.SendPermission.NOT_OF_CREDENTIAL;
import static io.sealpost.keys.jdbc.TestStore.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealpost.account.Account;
import io.sealpost.account.AppPasswordAdministration;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.CredentialBounds;
import io.sealpost.account.EntryState;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.account.NewAppPassword;
import io.sealpost.account.SendPermission;
import io.sealpost.account.SenderPattern;
import io.sealpost.account.Tenant;
import io.sealpost.fixtures.MovableClock;
import io.sealpost.keys.Outcome;
import io.sealpost.keys.Problem.Kind;
import io.sealpost.keys.jdbc.TestStore;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.IpNetwork;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.Rate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** App passwords that are bound to networks, listeners, times and senders. */
class BoundLoginTest {
    private static TestStore store;
    private static int names;

    private final AppPasswordAdministration appPasswords = store.appPasswords();
    private final CountingHasher hasher = new CountingHasher();
    private final MovableClock clock = MovableClock.at(Instant.now());
    private final TestStore.Node node = store.node(hasher, clock);
    private final Account account = done(store.accounts()
            .addAccount(Tenant.OPERATOR, EmailAddress.parse("user" + ++names + "@mine.example"), Optional.empty()));

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

    private NewAppPassword bound(CredentialBounds bounds) {
        return done(appPasswords.create(account.address(), "printer", bounds));
    }

    private LoginResult login(NewAppPassword password, String client, String listener) {
        return node.accounts.login(
                new LoginAttempt(account.address().toString(), password.password(), address(client), listener));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static CredentialBounds from(String... networks) {
        return new CredentialBounds(
                List.of(),
                List.of(networks).stream().map(IpNetwork::parse).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CredentialBounds until(Instant end) {
        return new CredentialBounds(
                List.of(),
                List.of(),
                List.of("submission"),
                Optional.of(end),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CredentialBounds as(String... senders) {
        return new CredentialBounds(
                List.of(senders).stream().map(SenderPattern::parse).toList(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Rate.parse("10/h")),
                Optional.of(Rate.parse("50/d")));
    }

    @Test
    void oneOfANetworkLogsInFromThereOnly() {
        NewAppPassword password = bound(from("192.0.2.7/31", "2001:db8:1::/48"));

        assertThat(login(password, "192.0.2.6", "submission")).isInstanceOf(Granted.class);
        assertThat(login(password, "2001:db8:1:2::3", "submission")).isInstanceOf(Granted.class);
        assertThat(login(password, "192.0.2.8", "submission")).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
        assertThat(hasher.sinceLast()).isEqualTo(1);
        assertThat(login(password, "2001:db8:2::3", "submission")).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
        assertThat(login(password, "::ffff:192.0.2.7", "submission")).isInstanceOf(Granted.class);
    }

    @Test
    void oneOfAListenerLogsInThereOnly() {
        NewAppPassword password = bound(until(clock.instant().plusSeconds(60)));

        assertThat(login(password, "192.0.2.7", "submission")).isInstanceOf(Granted.class);
        assertThat(login(password, "192.0.2.7", "devices")).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
    }

    @Test
    void itsEndEndsOpenSessionsToo() {
        NewAppPassword password = bound(until(clock.instant().plusSeconds(60)));
        AuthenticatedAccount session = ((Granted) login(password, "192.0.2.7", "submission")).account();
        assertThat(node.accounts.stillGranted(session)).isTrue();

        clock.advance(Duration.ofSeconds(60));

        assertThat(node.accounts.stillGranted(session)).isFalse();
        assertThat(login(password, "192.0.2.7", "submission")).isEqualTo(new Refused(Cause.NOT_ALLOWED_HERE));
    }

    @Test
    void aDisabledAccountIsTheTruerReason() {
        NewAppPassword password = bound(from("192.0.2.7"));
        done(store.accounts().setState(account.address(), EntryState.DISABLED));

        assertThat(login(password, "192.0.2.9", "submission")).isEqualTo(new Refused(Cause.DISABLED));
    }

    @Test
    void sendsAsItsOwnSendersOnlyAndOnlyWhileTheAccountMay() {
        done(store.accounts().addSender(account.address(), SenderPattern.parse("*@mine.example")));
        NewAppPassword password = bound(as("scans@mine.example"));
        AuthenticatedAccount session = ((Granted) login(password, "192.0.2.7", "submission")).account();

        assertThat(maySend(session, "Scans@mine.example")).isEqualTo(ALLOWED);
        assertThat(maySend(session, account.address().toString())).isEqualTo(NOT_OF_CREDENTIAL);
        assertThat(maySend(session, "a@other.example")).isEqualTo(NOT_A_SENDER);

        done(store.accounts().removeSender(account.address(), SenderPattern.parse("*@mine.example")));
        node.feed.read();
        assertThat(maySend(session, "scans@mine.example")).isEqualTo(NOT_A_SENDER);
    }

    private SendPermission maySend(AuthenticatedAccount session, String sender) {
        return node.accounts.maySend(session, EmailAddress.parse(sender));
    }

    @Test
    void isNotMadeForASenderThatIsNotTheAccounts() {
        Outcome<NewAppPassword> refused = appPasswords.create(account.address(), "printer", as("scans@mine.example"));

        assertThat(((Outcome.Refused<NewAppPassword>) refused).problem())
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_HELD))
                .satisfies(problem ->
                        assertThat(problem.sentence()).contains("sealpost sender add", "scans@mine.example"));
        bound(as(account.address().toString(), "User" + names + "+tag@mine.example"));
    }

    @Test
    void isNotMadeForATimeThatIsPast() {
        Outcome<NewAppPassword> refused = appPasswords.create(
                account.address(), "printer", until(Instant.now().minusSeconds(3600)));

        assertThat(((Outcome.Refused<NewAppPassword>) refused).problem().sentence())
                .contains("is past");
    }

    @Test
    void tellsItsBoundsOfASessionUntilItIsRevoked() {
        NewAppPassword password = bound(as(account.address().toString()));
        AuthenticatedAccount session = ((Granted) login(password, "192.0.2.7", "submission")).account();

        assertThat(node.accounts.bounds(session)).isEqualTo(password.shown().bounds());

        done(appPasswords.revoke(account.address(), password.shown().id()));
        node.feed.read();
        assertThat(node.accounts.bounds(session)).isEqualTo(CredentialBounds.NONE);
    }

    @Test
    void allOfItComesBackFromItsColumn() {
        CredentialBounds all = new CredentialBounds(
                List.of(SenderPattern.parse("*@mine.example")),
                List.of(IpNetwork.parse("192.0.2.9/24"), IpNetwork.parse("2001:db8::/32")),
                List.of("submission", "devices"),
                Optional.of(Instant.parse("2031-01-02T03:04:05Z")),
                Optional.of(Duration.ofDays(90)),
                Optional.of(Rate.parse("100/h")),
                Optional.of(Rate.parse("500/d")));

        assertThat(BoundsJson.read(BoundsJson.write(all))).isEqualTo(all);
        assertThat(BoundsJson.write(all))
                .hasValueSatisfying(text -> assertThat(text).contains("192.0.2.0/24"));
        assertThat(BoundsJson.write(CredentialBounds.NONE)).isEmpty();
        assertThat(BoundsJson.read(Optional.empty())).isEqualTo(CredentialBounds.NONE);
    }

    @Test
    void grantsNothingWithABoundThatIsNotKnown() {
        assertThatThrownBy(() -> BoundsJson.read(Optional.of("{\"hours\":\"9-17\"}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hours");
    }
}
