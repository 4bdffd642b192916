package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.foreign.ForeignProgram;
import io.sealpost.database.DatabaseSettings;
import io.sealpost.fixtures.CutProxy;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.ReplicatedMariaDb;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.JournalEntry.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database's primary takes no more writes, and its replica does so later: the relay goes on by itself. */
@Tag("foreign")
class FailedPrimaryStory {
    @TempDir
    private Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private ReplicatedMariaDb server;

    @BeforeEach
    void start() throws Exception {
        server = ReplicatedMariaDb.start(ForeignProgram.unpacked().resolve("mariadb"), folder);
    }

    @AfterEach
    void stop() {
        gate.countDown();
        server.close();
    }

    @Test
    void goesOnWithTheReplicaThatTheUrlNames() throws Exception {
        try (RelayUnderTest relay = relay(TestDatabase::settings)) {
            outage(relay, server::killPrimary, server::promote);
        }
    }

    @Test
    void goesOnBehindAProxyThatLeadsToTheReplica() throws Exception {
        AtomicReference<InetSocketAddress> target = new AtomicReference<>(server.address());
        try (CutProxy proxy = CutProxy.to(target::get);
                RelayUnderTest relay = relay(database -> database.settingsVia(proxy))) {
            outage(
                    relay,
                    () -> {
                        server.killPrimary();
                        target.set(server.replicaAddress());
                    },
                    server::promote);
        }
    }

    @Test
    void waitsForAServerThatIsReadOnly() throws Exception {
        try (RelayUnderTest relay = relay(TestDatabase::settings)) {
            outage(relay, () -> server.primaryReadOnly("ON"), () -> server.primaryReadOnly("OFF"));
        }
    }

    private void outage(RelayUnderTest relay, Runnable ends, Runnable comesBack) {
        relay.mx().onEndOfData(waitFor(gate)).once();
        try (RawSmtpClient client = relay.login()) {
            String underWay = RelayUnderTest.tried(client, RelayUnderTest.mail("Under way\r\n"));
            assertThat(underWay).startsWith("250 2.0.0");
            await().until(() -> !relay.mx().arrivals().isEmpty());

            ends.run();
            await().untilAsserted(() -> assertThat(tried(client)).startsWith("451 4.3.0"));
            gate.countDown();
            await().until(() -> relay.mx().messages().size() == 1);
            assertThat(tried(client)).startsWith("451 4.3.0");

            comesBack.run();
            long since = System.nanoTime();
            await().untilAsserted(() -> assertThat(tried(client)).startsWith("250 2.0.0"));
            System.out.printf(
                    "database: mail is taken again after %d ms%n",
                    Duration.ofNanos(System.nanoTime() - since).toMillis());
            String id = underWay.replaceFirst(".* ", "");
            await().untilAsserted(() -> assertThat(relay.events(id)).contains(Kind.DELIVERY));
            await().until(() -> relay.queue().isEmpty());
            assertThat(relay.mx().messages())
                    .filteredOn(mail -> mail.text().contains("Under way"))
                    .hasSize(1);
        }
    }

    /** MAIL may already be told that nobody knows now. */
    private static String tried(RawSmtpClient client) {
        String mail = client.send("MAIL FROM:<" + RelayUnderTest.ANNA + ">\r\n")
                .reply()
                .get(0);
        if (!mail.startsWith("250")) {
            return mail;
        }
        client.say("RSET", "250");
        return RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n"));
    }

    private RelayUnderTest relay(Function<TestDatabase, DatabaseSettings> way) throws IOException {
        RelayUnderTest relay = RelayUnderTest.bareOn(server, Files.createDirectory(folder.resolve("relay")), "", way);
        relay.addKeys(KeyAlgorithm.RSA);
        relay.serve();
        return relay;
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(60));
    }
}
