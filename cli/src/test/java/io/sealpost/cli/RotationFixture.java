package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealpost.cli.Shell.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A domain that signs with a key of each kind, its records published everywhere. */
abstract class RotationFixture {
    @TempDir
    static Path folder;

    static KeyRecordsWorld world;

    String domain;

    @BeforeAll
    static void open() throws IOException {
        world = new KeyRecordsWorld(folder);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void aDomainThatSignsWithBothKinds() {
        domain = world.domain();
        for (String kind : List.of("rsa", "ed25519")) {
            world.shell.run("dkim", "create", domain, "--algorithm", kind, "--selector", "old-" + kind);
        }
        publishAll();
        assertThat(world.shell.run("dkim", "activate", domain).code()).isZero();
    }

    void publishAll() {
        for (JsonNode record : world.json("dkim", "dns", domain, "--json")) {
            publish(record);
        }
    }

    static void publish(JsonNode record) {
        String name = record.get("name").asText();
        world.everywhere(
                zones -> zones.remove(name).txt(name, record.get("value").asText()));
    }

    void publish(String kind) {
        for (JsonNode key : world.json("dkim", "list", domain, "--json")) {
            if (key.get("algorithm").asText().equals(kind)) {
                world.json(
                                "dkim",
                                "dns",
                                domain,
                                "--json",
                                "--selector",
                                key.get("selector").asText())
                        .forEach(RotationFixture::publish);
            }
        }
    }

    Ended run(String command, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "dkim";
        words[1] = command;
        words[2] = domain;
        System.arraycopy(more, 0, words, 3, more.length);
        return world.shell.run(words);
    }

    /** Selector to state; dated selectors are "new-rsa" and so on. */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode key : world.json("dkim", "list", domain, "--json")) {
            String selector = key.get("selector").asText();
            String shown = selector.startsWith("old-")
                    ? selector
                    : "new-" + key.get("algorithm").asText();
            states.put(shown, key.get("state").asText());
        }
        return states;
    }

    static Map<String, String> states(String oldRsa, String oldEd, String newRsa, String newEd) {
        return Map.of("old-rsa", oldRsa, "old-ed25519", oldEd, "new-rsa", newRsa, "new-ed25519", newEd);
    }

    void assertRotated() {
        assertThat(states()).isEqualTo(states("retiring", "retiring", "active", "active"));
    }

    void rotate() {
        run("rotate");
        publishAll();
        Ended ended = run("rotate");
        assertThat(ended.code()).as(ended.err()).isZero();
    }
}
