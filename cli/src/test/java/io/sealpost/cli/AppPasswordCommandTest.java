package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** App passwords and devices from the command line. */
class AppPasswordCommandTest {
    private static final String ANNA = "anna@office.test";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "[[listener]]\nname = \"submission\"\naddress = \"127.0.0.1:0\"\n");
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", ANNA, "--no-password");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static JsonNode json(Ended ended) throws IOException {
        assertThat(ended.code()).as(ended.err()).isZero();
        return new ObjectMapper().readTree(ended.out());
    }

    private JsonNode create(String... options) throws IOException {
        String[] words = {"app-password", "create", ANNA, "--label", "Printer", "--json"};
        String[] all = java.util.Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return json(shell.run(all));
    }

    private List<String> audit() {
        return shell.database()
                .transactions()
                .read(handle -> handle.select(
                                "SELECT CONCAT(action, ' ', json) FROM audit WHERE action NOT LIKE 'domain%' ORDER BY id")
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void isMadeBoundChangedAndRevokedEachWithARowForTheAuditor() throws IOException {
        JsonNode made = create(
                "--from",
                ANNA,
                "--network",
                "192.0.2.9/24",
                "--network",
                "2001:db8::/64",
                "--listener",
                "submission",
                "--expires",
                "2031-01-31",
                "--idle",
                "90d",
                "--rate",
                "100/h",
                "--recipients",
                "500/d");
        String id = made.get("id").asText();
        assertThat(made.get("password").asText()).matches("([a-z2-9]{4}-){6}[a-z2-9]{4}");

        JsonNode row = json(shell.run("app-password", "list", ANNA, "--json")).get(0);
        assertThat(row.get("bounds").toString())
                .isEqualTo("{\"from\":[\"" + ANNA + "\"],\"network\":[\"192.0.2.0/24\",\"2001:db8:0:0:0:0:0:0/64\"],"
                        + "\"listener\":[\"submission\"],\"expires\":\"2031-02-01T00:00:00Z\",\"idle\":\"7776000s\","
                        + "\"rate\":\"100/h\",\"recipients\":\"500/d\"}");
        assertThat(row.get("last_used").isNull()).isTrue();
        Ended changed = shell.run(
                "app-password",
                "update",
                ANNA,
                id,
                "--network",
                "198.51.100.7",
                "--unbind",
                "idle",
                "--unbind",
                "expires");
        assertThat(changed.out()).contains("network=198.51.100.7/32 listener=submission rate=100/h");
        assertThat(json(shell.run("app-password", "show", ANNA, id, "--json"))
                        .get("bounds")
                        .toString())
                .contains("198.51.100.7/32")
                .doesNotContain("idle", "expires");
        assertThat(shell.run("app-password", "revoke", ANNA, id).out())
                .isEqualTo("Revoked \"Printer\" of " + ANNA + ".\n");

        assertThat(audit()).hasSize(4);
        assertThat(audit().get(1)).startsWith("app-password.create").contains("192.0.2.0/24");
        assertThat(audit().get(2))
                .startsWith("app-password.update")
                .contains("bounds_before")
                .doesNotContain(made.get("password").asText());
        assertThat(audit().get(3)).startsWith("app-password.revoke");
    }

    @Test
    void allOfAnAccountAreRevokedAtOnce() throws IOException {
        create();
        create();

        assertThat(shell.run("app-password", "revoke", ANNA).code()).isEqualTo(Sysexits.USAGE);
        assertThat(shell.run("app-password", "revoke", ANNA, "1", "--all").code())
                .isEqualTo(Sysexits.USAGE);
        assertThat(shell.run("app-password", "revoke", ANNA, "--all").out()).hasLineCount(2);
        assertThat(shell.run("app-password", "revoke", ANNA, "--all").out()).contains("has no app password");
        assertThat(json(shell.run("app-password", "list", ANNA, "--json"))).isEmpty();
    }

    @Test
    void faultsAreToldInASentence() {
        String[][] wrong = {
            {"--listener", "nowhere"},
            {"--idle", "5m"},
            {"--network", "office"},
            {"--expires", "soon"},
            {"--rate", "many"}
        };
        for (String[] option : wrong) {
            Ended ended = shell.run("app-password", "create", ANNA, "--label", "x", option[0], option[1]);
            assertThat(ended.code()).as(option[0]).isEqualTo(Sysexits.USAGE);
            assertThat(ended.err()).as(option[0]).isNotBlank().doesNotContain("Exception");
        }
        Ended past = shell.run("app-password", "create", ANNA, "--label", "x", "--expires", "2020-01-01");
        assertThat(past.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(past.err()).contains("is past");
        Ended foreign = shell.run("app-password", "create", ANNA, "--label", "x", "--from", "boss@office.test");
        assertThat(foreign.err()).contains("sealpost sender add");
        assertThat(shell.run("app-password", "show", ANNA, "999").code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void aDeviceIsAddedWithLowLimitsAndRevoked() throws IOException {
        JsonNode made = json(shell.run(
                "device",
                "add",
                ANNA,
                "--label",
                "Scanner",
                "--network",
                "192.0.2.7/32",
                "--listener",
                "submission",
                "--from",
                ANNA,
                "--json"));
        String id = made.get("id").asText();
        assertThat(made.get("bounds").get("rate").asText()).isEqualTo("60/h");
        assertThat(made.get("bounds").get("recipients").asText()).isEqualTo("300/d");
        assertThat(shell.run("device", "list", ANNA).out()).contains("Scanner", "192.0.2.7/32");
        assertThat(shell.run("device", "show", ANNA, id).out()).contains("last used      never");
        Ended wide = shell.run(
                "device", "add", ANNA, "--network", "192.0.0.0/16", "--listener", "submission", "--from", ANNA);
        assertThat(wide.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(wide.err()).contains("too wide");

        assertThat(shell.run("device", "revoke", ANNA, id).out()).isEqualTo("Revoked \"Scanner\" of " + ANNA + ".\n");
        assertThat(shell.run("device", "show", ANNA, id).code()).isEqualTo(Sysexits.NOINPUT);
    }
}
