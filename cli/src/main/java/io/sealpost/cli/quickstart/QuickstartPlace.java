package io.sealpost.cli.quickstart;

import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Problem;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Fault;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** The folder of a quickstart: a whole {@code var/} of its own, with a settings file that other commands can use too. */
final class QuickstartPlace {
    static final int SUBMISSION = 2587;
    static final int SUBMISSIONS = 2465;
    private static final long LEAST_SPACE = 1L << 30;
    private static final String SETTINGS = """
            # Made anew by each "sealpost quickstart"; other commands can use it meanwhile, as
            # sealpost queue list --config %1$s
            hostname = "relay.sandbox.test"
            state_dir = "."
            [database]
            data_dir = "db"
            [keys]
            master_key_file = "master.key"
            [tls]
            certificate = "tls/fullchain.pem"
            private_key = "tls/privkey.pem"
            [[listener]]
            name = "submission"
            address = "127.0.0.1:2587"
            [[listener]]
            name = "submissions"
            address = "127.0.0.1:2465"
            tls = "implicit"
            [dns]
            servers = ["127.0.0.1:%2$d"]
            [queue]
            retry = ["5s", "10s", "30s", "1m"]
            [delivery]
            port = %3$d
            allow_private_addresses = ["127.0.0.0/8"]
            """;

    private final Path folder;

    QuickstartPlace(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path settingsFile() {
        return folder.resolve("sealpost.toml");
    }

    /** Says in one sentence what would keep a quickstart from running; a {@link Fault} then. */
    void check() {
        try {
            Files.createDirectories(folder);
            FileStore disk = Files.getFileStore(folder);
            if (disk.getUsableSpace() < LEAST_SPACE) {
                throw new Fault(
                        Sysexits.CANTCREAT,
                        "the disk of " + folder.toAbsolutePath()
                                + " has less than 1 GB free, which a private MariaDB needs");
            }
        } catch (IOException e) {
            throw new Fault(Sysexits.CANTCREAT, folder.toAbsolutePath() + " cannot be used: " + e.getMessage());
        }
        requireFree(SUBMISSION);
        requireFree(SUBMISSIONS);
    }

    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new Fault(
                    Sysexits.UNAVAILABLE,
                    "port " + port
                            + " of 127.0.0.1 is taken (another quickstart?); end that program and run this again");
        }
    }

    /** Writes the settings for these ports and reads them. */
    Settings settings(int dnsPort, int receiverPort) throws IOException {
        Files.writeString(
                settingsFile(), SETTINGS.formatted(settingsFile(), dnsPort, receiverPort), StandardCharsets.UTF_8);
        LoadedSettings loaded = SettingsFile.load(settingsFile(), Map.of());
        if (loaded instanceof LoadedSettings.Invalid invalid) {
            throw new IllegalStateException(
                    invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
        return ((LoadedSettings.Valid) loaded).settings();
    }
}
