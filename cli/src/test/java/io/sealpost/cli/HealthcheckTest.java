package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.wiring.Serving;
import io.sealpost.fixtures.Loopback;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthcheckTest {
    @TempDir
    private Path folder;

    @Test
    void everyListenerGreetsAlsoBehindImplicitTls() throws Exception {
        String listeners = listener("submission", "0.0.0.0", Loopback.freePort(), "starttls")
                + listener("submissions", "127.0.0.1", Loopback.freePort(), "implicit");
        try (Shell shell = Shell.in(folder, listeners);
                Serving serving = serve(shell)) {
            assertThat(serving.addresses()).hasSize(2);

            assertThat(shell.run("healthcheck")).isEqualTo(new Ended(0, "All 2 listeners greet.\n", ""));
        }
    }

    @Test
    void namesTheListenerThatIsSilent() throws Exception {
        int port = Loopback.freePort();
        try (Shell shell = Shell.in(folder, listener("submissions", "127.0.0.1", port, "implicit"))) {
            Ended ended = shell.run("healthcheck");

            assertThat(ended.code()).isEqualTo(69);
            assertThat(ended.err()).startsWith("sealpost: submissions on 127.0.0.1:" + port + " does not greet: ");
        }
    }

    @Test
    void aPortThatSpeaksClearTextIsNoImplicitTls() throws Exception {
        int port = Loopback.freePort();
        try (Shell shell = Shell.in(folder, listener("submission", "127.0.0.1", port, "starttls"));
                Serving serving = serve(shell)) {
            assertThat(serving.addresses()).hasSize(1);
            shell.writeSettings(shell.database().settings(), listener("submission", "127.0.0.1", port, "implicit"));

            assertThat(shell.run("healthcheck").code()).isEqualTo(69);
        }
    }

    private static String listener(String name, String host, int port, String tls) {
        return """
                [[listener]]
                name = "%s"
                address = "%s:%d"
                tls = "%s"
                """.formatted(name, host, port, tls);
    }

    private static Serving serve(Shell shell) throws Exception {
        LoadedSettings loaded = SettingsFile.load(shell.file(), Map.of());
        assertThat(loaded).isInstanceOf(LoadedSettings.Valid.class);
        return Serving.start(((LoadedSettings.Valid) loaded).settings(), line -> {});
    }
}
