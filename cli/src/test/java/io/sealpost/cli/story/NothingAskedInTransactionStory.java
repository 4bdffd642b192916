package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.database.DatabaseSettings;
import io.sealpost.database.Transactions;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.PlainSource;
import io.sealpost.fixtures.StatementCutter;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No question goes to the DNS and no signature is proved, which asks for its records, while a transaction is open: neither when mail is
 * taken, nor before an attempt, nor for a notice, nor by a command. The records have no TTL, so that each proof asks.
 */
class NothingAskedInTransactionStory {
    @TempDir
    private Path folder;

    private StatementCutter database;

    @AfterEach
    void close() {
        database.close();
    }

    private DatabaseSettings watched(TestDatabase schema) {
        database = StatementCutter.to(schema.server()::address);
        return schema.settingsVia(database);
    }

    @Test
    void mailIsSignedProvedSignedAgainBouncedAndKeysRotatedWithoutATransactionOpenMeanwhile() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "[signing]\nverify = \"all\"\n", this::watched)) {
            DkimKey old = fleeting(relay, KeyAlgorithm.ED25519);
            OpenTransactions open = new OpenTransactions(database, relay.dns());
            relay.serve();
            Commands commands = new Commands(relay.settingsFile());

            relay.submit("Hi\r\n", "shop@shop.test");
            assertThat(relay.verdicts(relay.arrival().content())).containsExactly(Verdict.Kind.PASS);
            assertThat(relay.dns().asked(old.recordName(), "TXT")).isPositive();

            relay.mx().onRcpt(reply(450, "4.2.0 Not now"));
            relay.submit("Hi again\r\n", "shop@shop.test");
            DkimKey fresh = fleeting(relay, KeyAlgorithm.ED25519);
            commands.ok("dkim retire office.test --selector " + old.selector());
            long proved = relay.dns().asked(fresh.recordName(), "TXT");
            relay.mx().clearScript();
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.mx().messages().size() == 2);
            assertThat(relay.mx().messages().get(1).text()).contains("s=" + fresh.selector() + ";");
            assertThat(relay.dns().asked(fresh.recordName(), "TXT")).isGreaterThan(proved);

            relay.mx().onRcpt(reply(550, "5.1.1 No such user here")).when("nobody@shop.test");
            relay.submit("Hi\r\n", "nobody@shop.test");
            await().atMost(RelayUnderTest.PATIENCE)
                    .until(() -> relay.mx().messages().size() == 3);
            assertThat(relay.mx().messages().get(2).text()).contains("s=" + fresh.selector() + ";");

            commands.run("dkim rotate office.test");
            commands.run("dkim check office.test");
            commands.run("domain show office.test");
            assertThat(open.inside()).isEmpty();
            assertThat(open.questions()).isGreaterThan(10);
        }
    }

    @Test
    void aQuestionInsideATransactionWouldBeSeen() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", this::watched)) {
            DkimKey key = relay.addKeys(KeyAlgorithm.ED25519).get(0);
            OpenTransactions open = new OpenTransactions(database, relay.dns());

            Transactions transactions =
                    new Transactions(PlainSource.of(relay.database().settingsVia(database)));
            relay.administer(administration -> transactions.run(handle -> {
                handle.execute("UPDATE domain SET created = created");
                return administration.dns().forActivation(key);
            }));

            assertThat(open.inside()).isNotEmpty();
        }
    }

    /** An active key whose record nobody remembers. */
    private static DkimKey fleeting(RelayUnderTest relay, KeyAlgorithm kind) {
        List<DkimKey> keys = relay.addKeys(kind);
        DkimKey key = keys.get(0);
        relay.dns()
                .change(zones -> zones.remove(key.recordName())
                        .fleetingTxt(key.recordName(), key.dnsRecord().value()));
        return key;
    }
}
