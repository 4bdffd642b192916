package io.sealpost.cli.story;

import io.sealpost.cli.foreign.ForeignProgram;
import io.sealpost.fixtures.GaleraCluster;
import java.nio.file.Files;
import java.nio.file.Path;
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
