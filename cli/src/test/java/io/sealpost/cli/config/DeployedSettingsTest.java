package io.sealpost.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings files that {@code deploy/} hands out. */
class DeployedSettingsTest {
    private static final Path DEPLOY = Path.of("..", "deploy");

    @Test
    void theHostsFileIsRight() throws IOException {
        LoadedSettings loaded = SettingsFile.load(DEPLOY.resolve("systemd/sealpost.toml"), Map.of());

        assertThat(((LoadedSettings.Valid) loaded).settings().listeners()).hasSize(2);
    }

    @Test
    void theImagesFileNeedsNothingButTheName() throws IOException {
        Path file = DEPLOY.resolve("container/sealpost.toml");

        assertThat(((LoadedSettings.Invalid) SettingsFile.load(file, Map.of())).problems())
                .extracting(Problem::sentence)
                .singleElement()
                .asString()
                .startsWith("hostname is missing");
        assertThat(SettingsFile.load(file, Map.of("SEALPOST_HOSTNAME", "relay.example.net")))
                .isInstanceOf(LoadedSettings.Valid.class);
    }
}
