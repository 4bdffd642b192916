package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run moves a server's accounts over. */
class AccountImportTest {
    private static final String BCRYPT = "$2y$10$wtGm4a.tdLUD8HOmgL15yOSqV9aqXrx7OoAH1slkEBq2sHKQwzW2e";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = Shell.in(folder, "");
        shell.run("domain", "add", "office.test");
        shell.run("tenant", "add", "Reseller");
        shell.run("domain", "add", "shop.test", "--tenant", "Reseller");
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("accounts.csv"), text).toString();
    }

    @Test
    void whatIsUnfitIsNamedByLineAndTheRestIsTakenOnce() throws IOException {
        String file = file("""
                \uFEFFAddress,Hash,Name,Tenant
                anna@office.test,%s,Anna Muster,
                "eve@shop.test","{ARGON2ID}$argon2id$v=19$m=65536,t=3,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ+RjHqXWlnuIjYmxiALkwiFG7UxXu48JaPgWdc1gM",,Reseller

                old@office.test,{PLAIN-MD5}5f4dcc3b5aa765d61d8327deb882cf99
                dear@office.test,$2y$17$wtGm4a.tdLUD8HOmgL15yOSqV9aqXrx7OoAH1slkEBq2sHKQwzW2e
                boss@bank.test,%s
                eve2@shop.test,%s
                commas@office.test,$argon2id$v=19$m=65536,t=3,p=1$Ae+USBdu9f5ZGiqXRt/LRA$YNJ
                ANNA@office.test,%s
                """.formatted(BCRYPT, BCRYPT, BCRYPT, BCRYPT));

        Ended dry = shell.run("account", "import", file, "--dry-run");
        assertThat(dry.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(dry.out()).contains("2 would be added, 0 unchanged, 6 skipped.");
        assertThat(shell.run("account", "list").out()).contains("No account yet");

        Ended first = shell.run("account", "import", file);
        assertThat(first.out())
                .contains("2 added, 0 unchanged, 6 skipped.")
                .containsPattern("5 +old@office.test +skipped +the scheme \\{PLAIN-MD5} is not known")
                .containsPattern("6 +dear@office.test +skipped +bcrypt of cost 17; 4 to 14 are taken")
                .containsPattern("7 +boss@bank.test +skipped +the account's tenant does not hold the domain bank.test")
                .containsPattern("8 +eve2@shop.test +skipped +the account's tenant does not hold the domain shop.test")
                .containsPattern("9 +commas@office.test +skipped +more columns .* quotation marks")
                .containsPattern("10 +ANNA@office.test +skipped +the address stood on an earlier line")
                .doesNotContain("$2y$", "5f4dcc3b");
        assertThat(shell.run("account", "show", "anna@office.test").out()).contains("Anna Muster");
        assertThat(shell.run("account", "show", "eve@shop.test").out()).contains("Reseller");

        assertThat(shell.run("account", "import", file).out()).contains("0 added, 2 unchanged, 6 skipped.");
    }

    @Test
    void scriptsGetEveryLine() throws IOException {
        String file = file("anna@office.test," + BCRYPT + "\nbert@office.test," + BCRYPT + "\n");

        Ended ended = shell.run("account", "import", file, "--json");

        assertThat(ended.code()).as(ended.err()).isZero();
        JsonNode rows = new ObjectMapper().readTree(ended.out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).get("line").asInt()).isEqualTo(2);
        assertThat(rows.get(1).get("result").asText()).isEqualTo("added");
    }

    @Test
    void aFileThatIsNoneSaysSo() throws IOException {
        assertThat(shell.run("account", "import", folder.resolve("none").toString())
                        .code())
                .isEqualTo(Sysexits.NOINPUT);
        assertThat(shell.run("account", "import", file("")).code()).isEqualTo(Sysexits.NOINPUT);
        Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xE4, ',', 'b', '\n'});
        Ended latin = shell.run("account", "import", folder.resolve("latin").toString());
        assertThat(latin.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(latin.err()).contains("is not UTF-8");
    }
}
