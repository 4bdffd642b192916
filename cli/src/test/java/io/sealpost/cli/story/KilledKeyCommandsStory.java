package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment of a rotation, a rollback, a rotation of the master key: called once more, each ends as if nothing was. */
@Tag("crash")
class KilledKeyCommandsStory {
    private static final int KILLS = Integer.getInteger("sealpost.crash.kills", 6);
    private static final int LONGEST_MILLIS = 2500;

    private final Random random = new Random(Long.getLong("sealpost.crash.seed", 6));

    @TempDir
    private Path folder;

    @Test
    void aCommandThatWasKilledIsFinishedByTheNext() throws Exception {
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, "", TestDatabase::settings)) {
            Commands commands = new Commands(relay.settingsFile());
            relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
            List<String> first = selectors(commands, "active");
            commands.run("dkim rotate office.test");
            for (JsonNode record : json(commands, "dkim dns office.test --json")) {
                relay.dns()
                        .change(zones -> zones.remove(record.get("name").asText())
                                .txt(
                                        record.get("name").asText(),
                                        record.get("value").asText()));
            }

            killed("dkim rotate office.test --wait");
            commands.ok("dkim rotate office.test --wait 20s");
            List<String> second = selectors(commands, "active");
            assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
            assertThat(selectors(commands, "retiring")).containsExactlyElementsOf(first);

            killed("dkim rollback office.test");
            commands.ok("dkim rollback office.test");
            assertThat(selectors(commands, "active")).containsExactlyElementsOf(first);
            assertThat(selectors(commands, "retiring")).containsExactlyElementsOf(second);

            killed("master-key rotate");
            commands.ok("master-key rotate");
            commands.ok("dkim rollback office.test --selector " + second.get(0)); // Opens what was sealed before.
            assertThat(selectors(commands, "active")).contains(second.get(0));
            assertThat(json(commands, "dkim list office.test --json")).hasSize(4);
        }
    }

    private void killed(String line) throws IOException, InterruptedException {
        for (int i = 0; i < KILLS; i++) {
            Process process = new CommandProcesses(folder.resolve("sealpost.toml")).begin(line);
            if (!process.waitFor(500 + random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<String> selectors(Commands commands, String state) throws IOException {
        return json(commands, "dkim list office.test --json --state " + state).findValuesAsText("selector");
    }

    private static JsonNode json(Commands commands, String line) throws IOException {
        return new ObjectMapper().readTree(commands.ok(line));
    }
}
