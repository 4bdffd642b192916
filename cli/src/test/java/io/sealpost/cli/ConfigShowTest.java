package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.config.LoadedSettings;
import io.sealpost.cli.config.Settings;
import io.sealpost.cli.config.SettingsFile;
import io.sealpost.cli.console.Console;
import io.sealpost.cli.console.Sysexits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigShowTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private Ended run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(new byte[0]));
        environment.put("SEALPOST_CONFIG", file().toString());
        int code = Sealpost.run(console, environment, words);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path file() {
        return folder.resolve("sealpost.toml");
    }

    private void write(String toml) throws IOException {
        Files.writeString(file(), toml);
    }

    private static Settings settings(Path file) throws IOException {
        LoadedSettings loaded = SettingsFile.load(file, Map.of());
        assertThat(loaded).as(loaded.toString()).isInstanceOf(LoadedSettings.Valid.class);
        return ((LoadedSettings.Valid) loaded).settings();
    }

    @Test
    void whatItPrintsIsASettingsFileThatMeansTheSame() throws IOException {
        write("""
                hostname = "relay.example.net"
                state_dir = "odd \\"name\\" \\\\ here"
                [limits]
                account_messages = ["500/h", "3000/d"]
                account_recipients = "0"
                [dns]
                servers = ["127.0.0.1:5353", "[::1]:53"]
                [queue]
                delay_notice = []
                [delivery]
                allow_private_addresses = ["10.0.0.0/8"]
                [[listener]]
                name = "submission"
                address = "127.0.0.1:2587"
                [[listener]]
                name = "submissions"
                address = "127.0.0.1:2465"
                tls = "implicit"
                """);
        Settings before = settings(file());

        Path shown = folder.resolve("shown.toml");
        Files.writeString(shown, run("config", "show").out());
        Path changed = folder.resolve("changed.toml");
        Files.writeString(changed, run("config", "show", "--changed").out());

        assertThat(settings(shown)).isEqualTo(before);
        assertThat(settings(changed)).isEqualTo(before);
        assertThat(Files.readString(shown)).contains("max_recipients = 1000", "received_client_address = true");
        assertThat(Files.readString(changed)).doesNotContain("max_recipients", "default");
    }

    @Test
    void theSettingsOfTheTemplateSurviveToo() throws IOException {
        Shell.writeTemplate(file());
        Path shown = folder.resolve("shown.toml");

        Files.writeString(shown, run("config", "show").out());

        assertThat(settings(shown)).isEqualTo(settings(file()));
    }

    @Test
    void namesTheSourceOfEach() throws IOException {
        write("hostname = \"relay.example.net\"\n[smtp]\nmax_message_size = \"10M\"\n");
        environment.put("SEALPOST_QUEUE_EXPIRE", "3d");

        assertThat(run("config", "show").out().lines())
                .anyMatch(line -> line.matches("max_message_size = \"10M\" +# line 3"))
                .anyMatch(line -> line.matches("expire = \"3d\" +# SEALPOST_QUEUE_EXPIRE"))
                .anyMatch(line -> line.matches("bounce_expire = \"1d\" +# default"));
        JsonNode json = new ObjectMapper()
                .readTree(run("config", "show", "--changed", "--json").out());
        assertThat(json).hasSize(3);
        assertThat(json.get(0).toString())
                .isEqualTo("{\"name\":\"hostname\",\"value\":\"relay.example.net\",\"source\":\"file\",\"line\":1}");
        assertThat(json.get(2).get("variable").asText()).isEqualTo("SEALPOST_QUEUE_EXPIRE");
    }

    @Test
    void showsNoPasswordThatSomebodyPutIntoTheUrl() throws IOException {
        write("""
                hostname = "relay.example.net"
                [database]
                mode = "server"
                url = "jdbc:mariadb://db.example.net/sealpost?password=swordfish&sslMode=verify-full"
                """);

        assertThat(run("config", "show").out() + run("config", "show", "--json").out())
                .contains("?password=(hidden)&sslMode=verify-full")
                .doesNotContain("swordfish");
    }

    @Test
    void checkAndShowReportAllFaultsTogether() throws IOException {
        write("hostnam = \"relay.example.net\"\n[smpt]\nmax_recipients = 5\n[smtp]\nmax_recipeints = \"x\"\n");

        for (String command : new String[] {"check", "show"}) {
            Ended ended = run("config", command);

            assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err())
                    .contains(
                            "4 problems in ",
                            "hostname is missing",
                            "line 1: unknown setting hostnam; did you mean hostname?",
                            "line 3: unknown setting smpt.max_recipients; did you mean smtp.max_recipients?",
                            "line 5: unknown setting smtp.max_recipeints; did you mean smtp.max_recipients?");
        }
    }
}
