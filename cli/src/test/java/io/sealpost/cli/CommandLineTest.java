package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.fixtures.TestDns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The good way of the commands, on a database of its own for each story. */
class CommandLineTest {
    @TempDir
    private Path folder;

    private TestDns dns;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        dns = TestDns.start(zones -> zones.mx("office.test", 10, "mx.office.test", "127.0.0.2"));
        shell = Shell.in(
                folder, "[dns]\nservers = [\"127.0.0.1:" + dns.address().getPort() + "\"]\n");
    }

    @AfterEach
    void close() {
        shell.close();
        dns.close();
    }

    @Test
    void buildsADomainFromNothingToASigningKey() throws IOException {
        assertThat(shell.run("domain", "add", "Office.Test").out()).startsWith("Added office.test.");
        assertThat(shell.run("domain", "add", "office.test").code()).isEqualTo(Sysexits.CANTCREAT);
        Ended created = shell.run("dkim", "create", "office.test");
        assertThat(created.code()).isZero();
        assertThat(created.out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("._domainkey.office.test. IN TXT "));

        Ended early = shell.run("dkim", "activate", "office.test");
        assertThat(early.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(early.err()).contains("is not seen yet", "127.0.0.1");

        JsonNode records = json(shell.run("dkim", "dns", "office.test", "--json"));
        for (JsonNode record : records) {
            assertThat(record.fieldNames()).toIterable().containsExactly("name", "type", "value");
            dns.change(zones ->
                    zones.txt(record.get("name").asText(), record.get("value").asText()));
        }
        Ended activated = shell.run("dkim", "activate", "office.test");
        assertThat(activated.code()).as(activated.err()).isZero();
        assertThat(activated.out().lines()).hasSize(2).allMatch(line -> line.endsWith(" signs now."));
        assertThat(shell.run("dkim", "list", "office.test").out()).contains("active", "ed25519", "rsa", "2048");
        assertThat(shell.run("domain", "remove", "office.test").code()).isEqualTo(Sysexits.DATAERR);
    }

    @Test
    void splitsLongRecordsIntoStringsThatZonesTake() {
        shell.run("domain", "add", "office.test");

        String rsa =
                shell.run("dkim", "create", "office.test", "--algorithm", "rsa").out();

        assertThat(rsa).contains("IN TXT ( \"v=DKIM1; k=rsa; p=");
        assertThat(rsa.split("\"")).allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(255));
    }

    @Test
    void takesPasswordsFromStandardInputOrMakesThemAndShowsThemOnce() throws IOException {
        shell.run("domain", "add", "office.test");

        assertThat(shell.runWith("otter-rows-9-quiet-Mauve\n", "account", "add", "anna@office.test")
                        .code())
                .isZero();
        Ended weak = shell.runWith("anna2026\n", "account", "add", "bert@office.test");
        assertThat(weak.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(weak.err()).contains("password").doesNotContain("anna2026");
        assertThat(shell.run("account", "add", "carl@office.test").code()).isEqualTo(Sysexits.NOINPUT);
        Ended generated = shell.run("account", "add", "dora@office.test", "--generate");
        assertThat(generated.out()).containsPattern("shown only now: [a-z2-9-]{24}\n");
        assertThat(shell.run("account", "list").out())
                .contains("anna@office.test", "dora@office.test")
                .doesNotContain("carl@");

        JsonNode made = json(shell.run("app-password", "create", "anna@office.test", "--label", "Printer", "--json"));
        assertThat(made.get("password").asText()).matches("[a-z0-9]{4}(-[a-z0-9]{4}){6}");
        String listed = shell.run("app-password", "list", "anna@office.test").out();
        assertThat(listed)
                .contains("Printer")
                .doesNotContain(made.get("password").asText());
        assertThat(shell.run(
                                "app-password",
                                "revoke",
                                "anna@office.test",
                                made.get("id").asText())
                        .code())
                .isZero();
    }

    @Test
    void keepsTenantsApart() {
        shell.run("tenant", "add", "Reseller");
        shell.run("domain", "add", "shop.test", "--tenant", "Reseller");
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", "anna@office.test", "--generate");

        assertThat(shell.run("account", "add", "x@shop.test", "--generate").code())
                .isEqualTo(Sysexits.NOPERM);
        assertThat(shell.run("sender", "add", "anna@office.test", "*@shop.test").code())
                .isEqualTo(Sysexits.NOPERM);
        assertThat(shell.run("sender", "add", "anna@office.test", "*@office.test")
                        .code())
                .isZero();
        assertThat(shell.run("sender", "list", "anna@office.test").out()).contains("*@office.test");
    }

    @Test
    void saysSoWhenTheDatabaseIsAway() throws IOException {
        String text = Files.readString(shell.file(), StandardCharsets.UTF_8);
        Files.writeString(shell.file(), text.replaceAll("127\\.0\\.0\\.1:\\d+/", "127.0.0.1:1/"));

        Ended ended = shell.run("queue", "list");

        assertThat(ended.code()).as(ended.err()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err()).contains("database cannot be reached");
    }

    @Test
    void refusesAnOldSchemaAndNamesTheCommand() {
        shell.database().transactions().read(handle -> handle.execute("DROP TABLE schema_queue"));

        Ended ended = shell.run("queue", "list");

        assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
        assertThat(ended.err()).contains("sealpost migrate");
        assertThat(shell.run("migrate", "--dry-run").out()).contains(" migrations pending; nothing was changed.");
    }

    @Test
    void initMakesNoSecondMasterKeyForADatabaseThatHasKeys() throws IOException {
        shell.run("domain", "add", "office.test");
        shell.run("dkim", "create", "office.test", "--algorithm", "ed25519");
        Files.delete(shell.masterKey());

        Ended init = shell.run("init");

        assertThat(init.code()).isEqualTo(Sysexits.CONFIG);
        assertThat(init.err()).contains("put that file back");
        assertThat(shell.masterKey()).doesNotExist();
    }

    @Test
    void initOverwritesNothing() throws IOException {
        String settings = Files.readString(shell.file(), StandardCharsets.UTF_8);
        String key = Files.readString(shell.masterKey(), StandardCharsets.UTF_8);

        Ended again = shell.run("init", "other.example.net");

        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("was there; left as it is");
        assertThat(Files.readString(shell.file(), StandardCharsets.UTF_8)).isEqualTo(settings);
        assertThat(Files.readString(shell.masterKey(), StandardCharsets.UTF_8)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shell.masterKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void theSettingsThatInitWritesAreRight() {
        Path file = folder.resolve("fresh/sealpost.toml");
        Shell.writeTemplate(file);

        assertThat(shell.run("config", "check", "--config", file.toString()).code())
                .isZero();
    }

    private static JsonNode json(Ended ended) throws IOException {
        assertThat(ended.code()).as(ended.err()).isZero();
        return new ObjectMapper().readTree(ended.out());
    }
}
