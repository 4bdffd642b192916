package io.sealpost.cli.story;

import static org.awaitility.Awaitility.await;

import io.sealpost.account.AccountAdministration;
import io.sealpost.account.EntryState;
import io.sealpost.account.NewAppPassword;
import io.sealpost.database.ChangeFeed;
import io.sealpost.database.ChangeKind;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.fixtures.CutProxy;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.keys.Outcome;
import io.sealpost.mail.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands take logins back while sessions are open. */
class LoginTakenBackStory {
    private static final Duration WITHIN = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;

    /** A password that this test alone uses. */
    private NewAppPassword printer;

    @BeforeAll
    static void serve() throws Exception {
        relay = RelayUnderTest.start(folder);
        // Before the first login: later a node would hear of it within a second.
        change(accounts -> accounts.setPassword(RelayUnderTest.ANNA, new Secret("otter-rows-9-quiet-Mauve")));
    }

    @AfterAll
    static void close() {
        relay.close();
    }

    @BeforeEach
    void addPassword() {
        printer = relay.administer(administration ->
                RelayUnderTest.value(administration.appPasswords().create(RelayUnderTest.ANNA, "printer")));
    }

    private static <T> T change(Function<AccountAdministration, Outcome<T>> work) {
        return relay.administer(administration -> RelayUnderTest.value(work.apply(administration.accounts())));
    }

    private void revokePrinter() {
        var unused = relay.administer(administration -> RelayUnderTest.value(administration
                .appPasswords()
                .revoke(RelayUnderTest.ANNA, printer.shown().id())));
    }

    private static void expectEnd(RawSmtpClient session) throws Exception {
        session.patience(WITHIN).expect("421 4.7.0").expectClosed();
    }

    @Test
    void aRevokedAppPasswordEndsItsOwnSessionsOnly() throws Exception {
        try (RawSmtpClient idle = relay.login(printer.password().reveal());
                RawSmtpClient within = relay.login(printer.password().reveal());
                RawSmtpClient other = relay.login()) {
            within.say("MAIL FROM:<anna@office.test>", "250");

            revokePrinter();

            expectEnd(idle);
            expectEnd(within);
            other.say("NOOP", "250");
        }
    }

    @Test
    void aMessageThatIsArrivingIsRefusedAtItsEnd() throws Exception {
        try (RawSmtpClient idle = relay.login(printer.password().reveal());
                RawSmtpClient sending = relay.login(printer.password().reveal())) {
            sending.say("MAIL FROM:<anna@office.test>", "250")
                    .say("RCPT TO:<shop@shop.test>", "250")
                    .say("DATA", "354");

            revokePrinter();
            expectEnd(idle); // So the feed has told.

            sending.send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n")
                    .expect("550 5.7.1 anna@office.test is no longer allowed");
            expectEnd(sending);
        }
    }

    @Test
    void aNewMainPasswordEndsTheSessionsOfTheOldOneOnly() throws Exception {
        try (RawSmtpClient byMain = relay.login("otter-rows-9-quiet-Mauve");
                RawSmtpClient byApp = relay.login(printer.password().reveal())) {
            change(accounts -> accounts.setPassword(RelayUnderTest.ANNA, new Secret("heron-sits-4-broad-Ochre")));

            expectEnd(byMain);
            byApp.say("NOOP", "250");
        }
    }

    @Test
    void aDisabledAccountEndsAllItsSessions() throws Exception {
        try (RawSmtpClient session = relay.login(printer.password().reveal())) {
            change(accounts -> accounts.setState(RelayUnderTest.ANNA, EntryState.DISABLED));

            expectEnd(session);
        } finally {
            change(accounts -> accounts.setState(RelayUnderTest.ANNA, EntryState.ACTIVE));
        }
        await().atMost(WITHIN)
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> {
                    relay.login().close();
                    return true;
                });
    }

    @Test
    void noSessionGoesOnWithALoginOfBeforeWhileTheDatabaseIsAway(@TempDir Path other) throws Exception {
        AtomicReference<CutProxy> way = new AtomicReference<>();
        AtomicReference<TestDatabase> database = new AtomicReference<>();
        Function<TestDatabase, DatabaseSettings> through = made -> {
            database.set(made);
            way.set(CutProxy.to(Loopback.socket(
                    "127.0.0.1", Integer.parseInt(made.settings().url().replaceAll(".*:(\\d+)/.*", "$1")))));
            return made.settingsVia(way.get());
        };
        try (RelayUnderTest cut = RelayUnderTest.bare(other, "", through)) {
            cut.addKeys(KeyAlgorithm.RSA);
            cut.serve();
            try (RawSmtpClient session = cut.login()) {
                session.say("MAIL FROM:<anna@office.test>", "250").say("RSET", "250"); // All of it is in the caches.
                way.get().cut();
                revokeAll(database.get());

                await().atMost(Duration.ofSeconds(6)).until(() -> {
                    String reply = session.send("MAIL FROM:<anna@office.test>\r\n")
                            .reply()
                            .get(0);
                    session.say("RSET", "250");
                    return reply.startsWith("451 4.3.0");
                });
                session.say("MAIL FROM:<anna@office.test>", "451 4.3.0");

                way.get().reopen();
                session.patience(Duration.ofSeconds(6)).expect("421 4.7.0").expectClosed();
            }
        } finally {
            way.get().close();
        }
    }

    /** As another node does it, whose way to the database is not cut. */
    private static void revokeAll(TestDatabase database) {
        database.transactions().run(handle -> {
            String account = handle.select("SELECT account FROM app_password")
                    .mapTo(String.class)
                    .one();
            handle.execute("DELETE FROM app_password");
            ChangeFeed.append(handle, ChangeKind.APP_PASSWORD, account, Instant.now());
            return account;
        });
    }
}
