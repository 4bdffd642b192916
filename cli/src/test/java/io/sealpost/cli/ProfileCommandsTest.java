package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What is set of tenants and accounts. */
class ProfileCommandsTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
        shell.run("tenant", "add", "Reseller");
        shell.run("domain", "add", "muster.test", "--tenant", "Reseller");
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", "anna@office.test", "--no-password");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private List<String> audit(String action) {
        return shell.database()
                .transactions()
                .read(handle -> handle.select("SELECT json FROM audit WHERE action = ? ORDER BY id", action)
                        .mapTo(String.class)
                        .list());
    }

    private static String value(Ended ended, String name) throws IOException {
        assertThat(ended.code()).as(ended.err()).isZero();
        return new ObjectMapper().readTree(ended.out()).get(name).asText();
    }

    @Test
    void aTenantAppearsUnderItsOwnNameSenderLinkAndLanguage() throws IOException {
        Ended set = shell.run(
                "tenant",
                "set",
                "Reseller",
                "--display-name",
                "Muster Hosting",
                "--notice-sender",
                "mail@muster.test",
                "--link",
                "https://muster.test/mail",
                "--language",
                "de",
                "--reason",
                "contract 7");
        assertThat(set.code()).as(set.err()).isZero();

        Ended shown = shell.run("tenant", "show", "Reseller", "--json");
        assertThat(value(shown, "display_name")).isEqualTo("Muster Hosting");
        assertThat(value(shown, "notice_sender")).isEqualTo("mail@muster.test");
        assertThat(value(shown, "link")).isEqualTo("https://muster.test/mail");
        assertThat(value(shown, "language")).isEqualTo("de");
        assertThat(audit("tenant.set"))
                .singleElement()
                .asString()
                .contains("\"link_before\":\"\"", "\"link\":\"https://muster.test/mail\"", "\"reason\":\"contract 7\"")
                .doesNotContain("main_password");

        shell.run("tenant", "set", "Reseller", "--link", "");
        shown = shell.run("tenant", "show", "Reseller", "--json");
        assertThat(value(shown, "link")).isEmpty();
        assertThat(value(shown, "language")).isEqualTo("de");
    }

    @Test
    void whatIsNotFitIsRefusedWithWhatWouldBe() {
        assertThat(refusal("--notice-sender", "boss@office.test")).contains("does not hold the domain office.test");
        assertThat(refusal("--link", "http://muster.test")).contains("https://");
        assertThat(refusal("--display-name", "boss@bank.test")).contains("'@'");
        assertThat(refusal("--language", "deutsch, bitte")).contains("de, en or pt-BR");
        assertThat(shell.run("tenant", "set", "Nobody", "--language", "de").code())
                .isEqualTo(Sysexits.NOINPUT);
        assertThat(audit("tenant.set")).isEmpty();
    }

    private String refusal(String... options) {
        String[] words = {"tenant", "set", "Reseller", options[0], options[1]};
        Ended ended = shell.run(words);
        assertThat(ended.code()).isIn(Sysexits.DATAERR, Sysexits.NOPERM);
        return ended.err();
    }

    @Test
    void anAccountHasRulesOfItsOwnAndTheAuditSaysWhatTheyWere() throws IOException {
        assertThat(value(
                        shell.run(
                                "account",
                                "set",
                                "anna@office.test",
                                "--header-from",
                                "rewrite",
                                "--main-password",
                                "forbidden",
                                "--json"),
                        "header_from"))
                .isEqualTo("rewrite");

        Ended shown = shell.run("account", "show", "anna@office.test", "--json");
        assertThat(value(shown, "header_from")).isEqualTo("rewrite");
        assertThat(value(shown, "main_password_on_smtp")).isEqualTo("forbidden");
        assertThat(audit("account.set"))
                .singleElement()
                .asString()
                .contains("\"header_from_before\":\"reject\"", "\"header_from\":\"rewrite\"");
        shell.run("account", "set", "anna@office.test", "--header-from", "rewrite");
        assertThat(audit("account.set")).as("nothing was changed").hasSize(1);
    }
}
