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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line adds to the checks: words, JSON and exit codes. */
class DoctorCommandTest {
    @TempDir
    private Path folder;

    private TestDns dns;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        dns = TestDns.start(zones -> zones.mx("office.test", 10, "mx.office.test", "127.0.0.2")
                .txt("office.test", "v=spf1 include:spf.test -all")
                .txt("_dmarc.office.test", "v=DMARC1; p=none"));
        shell = Shell.in(
                folder, "[dns]\nservers = [\"127.0.0.1:" + dns.address().getPort() + "\"]\n");
    }

    @AfterEach
    void close() {
        shell.close();
        dns.close();
    }

    @Test
    void tellsALineAFindingWithWhatToDoBelowIt() {
        Ended ended = shell.run("doctor", "--probe", "none");

        assertThat(ended.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out())
                .containsPattern("(?m)^ok       settings     \\S+sealpost.toml is right$")
                .containsPattern("(?m)^ok       database     MariaDB ")
                .containsPattern("(?m)^PROBLEM  listeners    no \\[\\[listener]] stands in the settings")
                .containsPattern("(?m)^                      -> add one with name and address")
                .containsPattern("(?m)^\\d+ problems?, \\d+ warnings?\\.$");
    }

    @Test
    void aDomainWithoutAProblemEndsWithZero() throws IOException {
        shell.run("domain", "add", "office.test");
        shell.run("dkim", "create", "office.test", "--algorithm", "ed25519");
        for (JsonNode record : new ObjectMapper()
                .readTree(shell.run("dkim", "dns", "office.test", "--json").out())) {
            dns.change(zones ->
                    zones.txt(record.get("name").asText(), record.get("value").asText()));
        }
        Ended early = shell.run("doctor", "office.test");
        assertThat(early.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(early.out()).contains("no key signs for office.test", "-> sealpost dkim activate office.test");
        shell.run("dkim", "activate", "office.test");

        Ended ended = shell.run("doctor", "office.test", "--json");

        assertThat(ended.code()).as(ended.out()).isZero();
        JsonNode findings = new ObjectMapper().readTree(ended.out());
        assertThat(findings).hasSizeGreaterThanOrEqualTo(7);
        assertThat(findings.get(0).fieldNames()).toIterable().containsExactly("level", "check", "finding", "remedy");
        assertThat(findings).noneMatch(finding -> finding.get("level").asText().equals("problem"));
    }

    @Test
    void neverShowsAStackTraceWhateverIsBroken() throws IOException {
        shell.database().transactions().read(handle -> handle.execute("DROP TABLE delivery"));
        Files.delete(shell.masterKey());
        Files.writeString(folder.resolve("var/tls/fullchain.pem"), "no certificate", StandardCharsets.UTF_8);
        dns.close();

        Ended ended = shell.run("doctor", "--probe", "office.test");

        assertThat(ended.code()).isEqualTo(Sysexits.UNAVAILABLE);
        assertThat(ended.out() + ended.err()).doesNotContain("\tat ", "\r");
        assertThat(ended.out())
                .contains("PROBLEM  master key", "PROBLEM  dns servers", "PROBLEM  certificate")
                .containsPattern("(?m)^warning  queue        could not be looked at, by a fault of Sealpost's own: ");
    }

    @Test
    void takesNoProbeThatIsNoDomain() {
        assertThat(shell.run("doctor", "--probe", "no domain").code()).isEqualTo(Sysexits.USAGE);
        assertThat(shell.run("doctor", "no domain").code()).isEqualTo(Sysexits.USAGE);
        assertThat(shell.run("doctor", "--config", "/nowhere.toml").code()).isEqualTo(Sysexits.CONFIG);
    }
}
