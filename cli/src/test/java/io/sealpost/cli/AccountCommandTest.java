package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import io.sealpost.queue.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and tenants beyond adding and listing them. */
class AccountCommandTest {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
        shell.run("domain", "add", "office.test");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static JsonNode json(Ended ended) throws IOException {
        assertThat(ended.code()).as(ended.err()).isZero();
        return new ObjectMapper().readTree(ended.out());
    }

    private String audit(String action) {
        return shell.database()
                .transactions()
                .read(handle -> handle.select("SELECT json FROM audit WHERE action = ?", action)
                        .mapTo(String.class)
                        .one());
    }

    private void addAnna() {
        assertThat(shell.run("account", "add", "Anna@office.test", "--no-password")
                        .code())
                .isZero();
    }

    @Test
    void addingInJsonGivesTheGeneratedPasswordToTheScript() throws IOException {
        JsonNode generated = json(shell.run("account", "add", "anna@office.test", "--generate", "--json"));
        JsonNode without = json(shell.run("account", "add", "bert@office.test", "--no-password", "--json"));

        assertThat(generated.get("account").asText()).isEqualTo("anna@office.test");
        assertThat(generated.get("main_password").asText()).isEqualTo("set");
        assertThat(generated.get("password").asText()).matches("[a-z2-9-]{24}");
        assertThat(without.get("main_password").asText()).isEqualTo("none");
        assertThat(without.has("password")).isFalse();
    }

    @Test
    void showsAnAccountWhole() throws IOException {
        addAnna();
        shell.run("sender", "add", "anna@office.test", "*@office.test");
        shell.run("app-password", "create", "anna@office.test", "--label", "Printer\u001B");

        Ended shown = shell.run("account", "show", "anna@office.test");

        assertThat(shown.out().lines())
                .contains(
                        "account               Anna@office.test",
                        "tenant                operator",
                        "may send as           itself, *@office.test")
                .contains("waiting               0")
                .anyMatch(line -> line.contains("Printer\\x1B"));
        JsonNode json = json(shell.run("account", "show", "anna@office.test", "--json"));
        assertThat(json.get("may_send_as").get(0).asText()).isEqualTo("*@office.test");
        assertThat(json.get("app_passwords").get(0).get("label").asText()).isEqualTo("Printer\u001B");
        assertThat(shell.run("account", "show", "nobody@office.test").code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void keepsTheReasonOfADisabling() {
        addAnna();

        assertThat(shell.run("account", "disable", "anna@office.test", "--reason", "looks taken over")
                        .out())
                .isEqualTo("Anna@office.test is disabled.\n");

        assertThat(shell.run("account", "show", "anna@office.test").out()).contains("state                 disabled");
        assertThat(audit("account.disable")).contains("\"reason\":\"looks taken over\"", "\"before\":\"active\"");
        shell.run("account", "enable", "anna@office.test");
        assertThat(audit("account.enable")).isEqualTo("{\"before\":\"disabled\"}");
    }

    @Test
    void removingSaysWhatOfItStillWaits() {
        addAnna();
        long id = shell.database()
                .transactions()
                .read(handle -> handle.select("SELECT id FROM account")
                        .mapTo(Long.class)
                        .one());
        QueuedMail.store(shell, new Origin(1, OptionalLong.of(id), OptionalLong.empty()));
        assertThat(shell.run("account", "show", "anna@office.test").out()).contains("waiting               2");

        Ended removed = shell.run("account", "remove", "anna@office.test");

        assertThat(removed.code()).isZero();
        assertThat(removed.out()).isEqualTo("Removed Anna@office.test.\n");
        assertThat(removed.err())
                .contains("2 deliveries of its mail still wait", "queue list --sender Anna@office.test");
        assertThat(shell.run("account", "remove", "anna@office.test").code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(shell.run("queue", "list").out()).contains("bert@shop.test");
    }

    @Test
    void anAccountIsThereOnceHoweverItsCase() {
        addAnna();

        Ended again = shell.run("account", "add", "ANNA@Office.Test", "--no-password");

        assertThat(again.code()).isEqualTo(Sysexits.CANTCREAT);
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void showsATenantAndDisablesIt() throws IOException {
        assertThat(json(shell.run("tenant", "add", "Muster & Söhne", "--json"))
                        .get("tenant")
                        .asText())
                .isEqualTo("Muster & Söhne");
        shell.run("domain", "add", "shop.test", "--tenant", "Muster & Söhne");
        shell.run("account", "add", "x@shop.test", "--no-password", "--tenant", "Muster & Söhne");

        assertThat(shell.run("tenant", "show", "Muster & Söhne").out().lines())
                .contains("state     active", "domains   shop.test", "accounts  1");
        assertThat(shell.run("tenant", "disable", "Muster & Söhne", "--reason", "unpaid")
                        .code())
                .isZero();
        assertThat(json(shell.run("tenant", "show", "Muster & Söhne", "--json"))
                        .get("state")
                        .asText())
                .isEqualTo("disabled");
        assertThat(audit("tenant.disable")).isEqualTo("{\"reason\":\"unpaid\"}");
        assertThat(shell.run("tenant", "show", "Nobody").code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(shell.run("tenant", "disable", "operator").code()).isEqualTo(Sysexits.DATAERR);
    }
}
