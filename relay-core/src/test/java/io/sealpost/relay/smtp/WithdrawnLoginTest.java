package io.sealpost.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.Change;
import io.sealpost.database.ChangeKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of open sessions when the change feed tells of their login. */
class WithdrawnLoginTest {
    @TempDir
    private Path directory;

    private ListenerFixture relay;

    @BeforeEach
    void listen() throws Exception {
        relay = ListenerFixture.start(directory);
    }

    @AfterEach
    void close() {
        relay.close();
    }

    private void tell(ChangeKind kind, String subject) {
        relay.listeners.changes().changed(new Change(kind, subject, Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({"ACCOUNT,7", "APP_PASSWORD,7", "TENANT,1"})
    void anIdleSessionIsToldAndClosed(ChangeKind kind, String subject) throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            relay.accounts.takeBack();
            tell(kind, subject);

            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aSessionThatWaitsWithinATransactionIsToldAndClosed() throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            client.ask("MAIL FROM:<anna@customer.example>");
            relay.accounts.takeBack();
            tell(ChangeKind.ACCOUNT, "7");

            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void dataIsHeardToItsEndAndTheSessionEndsBehindTheReply() throws Exception {
        try (TestClient client = relay.connect().inData()) {
            relay.accounts.takeBack();
            tell(ChangeKind.ACCOUNT, "7");

            client.send("x\r\n.\r\n");
            client.reply(); // That of the intake, which asks for itself.
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void othersSessionsAndOthersChangesAreLeftAlone() throws Exception {
        try (TestClient client = relay.connect().loggedIn();
                TestClient stranger = relay.connect().secured()) {
            relay.accounts.takeBack();
            tell(ChangeKind.ACCOUNT, "8");
            tell(ChangeKind.SENDER, "7");
            tell(ChangeKind.DOMAIN, "customer.example");
            assertThat(client.ask("NOOP")).startsWith("250");

            tell(ChangeKind.ACCOUNT, "7");
            assertThat(client.reply()).startsWith("421 4.7.0 ");
            assertThat(stranger.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void aLoginThatStillStandsGoesOn() throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            tell(ChangeKind.ACCOUNT, "7");
            relay.listeners.changes().dropAll();

            assertThat(client.ask("MAIL FROM:<anna@customer.example>")).startsWith("250 2.1.0");
        }
    }

    @Test
    void whoMissedChangesAsksForEverySession() throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            relay.accounts.takeBack();
            relay.listeners.changes().dropAll();

            assertThat(client.reply()).startsWith("421 4.7.0 ");
        }
    }

    @Test
    void whileNobodyCanTellItAsksAgain() throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            relay.accounts.takeBack();
            relay.accounts.goAway();
            tell(ChangeKind.ACCOUNT, "7");
            assertThat(client.ask("MAIL FROM:<anna@customer.example>")).startsWith("451 4.3.0 ");

            relay.accounts.comeBack();
            assertThat(client.reply()).startsWith("421 4.7.0 ");
        }
    }

    @Test
    void mailIsNotBegunWithALoginThatStandsNoMore() throws Exception {
        try (TestClient client = relay.connect().loggedIn()) {
            relay.accounts.takeBack();

            assertThat(client.ask("MAIL FROM:<anna@customer.example>")).startsWith("421 4.7.0 ");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aChangeWhileThePasswordIsHashedIsNotMissed() throws Exception {
        CountDownLatch hashed = new CountDownLatch(1);
        try (TestClient client = relay.connect().secured()) {
            relay.accounts.hashUntil(hashed);
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> login(client));
            await().until(() -> !relay.accounts.attempts().isEmpty());
            relay.accounts.takeBack();
            tell(ChangeKind.ACCOUNT, "7");
            hashed.countDown();

            assertThat(reply.get(10, TimeUnit.SECONDS)).startsWith("535 5.7.8 ");
        }
    }

    private static String login(TestClient client) {
        try {
            return client.ask("AUTH PLAIN " + TestClient.plain(TestClient.LOGIN, TestClient.PASSWORD));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
