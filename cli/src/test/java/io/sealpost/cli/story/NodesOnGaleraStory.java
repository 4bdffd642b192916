package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.foreign.ForeignProgram;
import io.sealpost.fixtures.GaleraCluster;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.keys.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relay nodes on a Galera cluster of three, each of which uses another of its members first. */
@Tag("foreign")
class NodesOnGaleraStory {
    @TempDir
    private Path folder;

    private GaleraCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = GaleraCluster.start(ForeignProgram.unpacked().resolve("mariadb"), folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void nothingIsLostThoughARelayAndAMemberAreKilled() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bareOn(cluster, relayFolder(), NodesCampaign.NO_LIMITS)) {
            long[] conflicts = new long[3];
            new NodesCampaign(relay).run(List.of(from(relay, 0), from(relay, 1), from(relay, 2)), () -> {
                conflicts[0] = cluster.conflicts(0);
                cluster.kill(0);
                return null;
            });
            conflicts[1] = cluster.conflicts(1);
            conflicts[2] = cluster.conflicts(2);
            System.out.printf(
                    "three nodes on Galera: conflicts %d, %d, %d%n", conflicts[0], conflicts[1], conflicts[2]);
        }
    }

    @Test
    void aMemberThatWasSplitOffIsADatabaseThatIsAway() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bareOn(cluster, relayFolder(), "")) {
            relay.addKeys(KeyAlgorithm.RSA);
            relay.serve();
            try (RawSmtpClient client = relay.login()) {
                client.patience(Duration.ofSeconds(60));
                assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                        .startsWith("250");

                cluster.pause(1);
                cluster.pause(2);
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                                .startsWith("451 4.3.0"));
                cluster.resume(1);
                cluster.resume(2);

                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(RelayUnderTest.tried(client, RelayUnderTest.mail("Hi\r\n")))
                                .startsWith("250"));
            }
        }
    }

    private Path relayFolder() throws Exception {
        return Files.createDirectory(folder.resolve("relay"));
    }

    /** The same members in the url, another one first. */
    private UnaryOperator<String> from(RelayUnderTest relay, int first) {
        return settings -> settings.replaceFirst(
                "url = \".*\"",
                "url = \"" + cluster.settings(relay.schema(), first).url() + "\"");
    }
}
