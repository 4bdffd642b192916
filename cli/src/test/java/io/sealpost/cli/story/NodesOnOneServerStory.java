package io.sealpost.cli.story;

import io.sealpost.fixtures.PrivateMariaDb;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three relay nodes on one MariaDB, which is killed and started again. */
@Tag("crash")
class NodesOnOneServerStory {
    @TempDir
    private Path folder;

    @Test
    void nothingIsLostThoughARelayAndTheServerAreKilled() throws Exception {
        try (PrivateMariaDb server = PrivateMariaDb.start();
                RelayUnderTest relay = RelayUnderTest.bareOn(
                        server, Files.createDirectory(folder.resolve("relay")), NodesCampaign.NO_LIMITS)) {
            new NodesCampaign(relay).run(List.of(same -> same, same -> same, same -> same), () -> {
                server.kill();
                server.restart();
                return null;
            });
        }
    }
}
