package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static io.sealpost.fixtures.MxAction.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.fixtures.CutProxy;
import io.sealpost.fixtures.PrivateMariaDb;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.JournalEntry.Kind;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseDownStory {
    @TempDir
    private Path folder;

    @Test
    void answersForNowWhileTheDatabaseIsAwayAndGoesOnByItself() throws Exception {
        AtomicReference<CutProxy> way = new AtomicReference<>();
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", database -> through(database, way))) {
            relay.addKeys(KeyAlgorithm.RSA);
            relay.serve();
            try (RawSmtpClient open = relay.login();
                    RawSmtpClient fresh = RawSmtpClient.connect(relay.submission())) {
                fresh.expect("220").say("EHLO client.test", "250").startTls().say("EHLO client.test", "250");
                open.say("MAIL FROM:<anna@office.test>", "250")
                        .say("RCPT TO:<shop@shop.test>", "250")
                        .say("DATA", "354");

                way.get().cut();
                open.send(RelayUnderTest.mail("Hi\r\n") + "\r\n.\r\n").expect("451 4.3.0");
                fresh.authPlain("bert@office.test", "nobody-can-tell-now", "454 4.7.0");

                way.get().reopen();
                await().atMost(RelayUnderTest.PATIENCE)
                        .until(() -> RelayUnderTest.tried(open, RelayUnderTest.mail("Hi\r\n"))
                                .startsWith("250 2.0.0"));
            }
            assertThat(relay.arrival().rcptTo()).containsExactly("shop@shop.test");
        } finally {
            way.get().close();
        }
    }

    @Test
    void mailThatWaitsOutlivesTheServersDeath() throws Exception {
        try (PrivateMariaDb server = PrivateMariaDb.start();
                RelayUnderTest relay = RelayUnderTest.startOn(server, folder)) {
            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            String id = relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.events(id).contains(Kind.TRANSIENT_FAILURE));

            server.kill();
            relay.mx().clearScript();
            server.restart();

            assertThat(relay.arrival().rcptTo()).containsExactly("shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.events(id).contains(Kind.DELIVERY));
        }
    }

    @Test
    void mailThatTheHostTookMeanwhileIsSettledWhenTheServerIsBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (PrivateMariaDb server = PrivateMariaDb.start();
                RelayUnderTest relay = RelayUnderTest.startOn(server, folder)) {
            relay.mx().onEndOfData(waitFor(gate)).once();
            String id = relay.submit("Hi\r\n", "shop@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> !relay.mx().arrivals().isEmpty());

            server.kill();
            gate.countDown();
            relay.arrival();
            server.restart();

            // Its lease lasts five minutes; this is far less.
            await().atMost(RelayUnderTest.PATIENCE).until(() -> relay.events(id).contains(Kind.DELIVERY));
            assertThat(relay.queue()).isEmpty();
            assertThat(relay.mx().messages()).hasSize(1);
        } finally {
            gate.countDown();
        }
    }

    private static io.sealpost.database.DatabaseSettings through(TestDatabase database, AtomicReference<CutProxy> way) {
        way.set(CutProxy.to(io.sealpost.fixtures.Loopback.socket(
                "127.0.0.1", Integer.parseInt(database.settings().url().replaceAll(".*:(\\d+)/.*", "$1")))));
        return database.settingsVia(way.get());
    }
}
