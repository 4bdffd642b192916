package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code domain add --external|check|zone|list|show|remove} without the DNS. */
class ExternalDomainCommandTest {
    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void open() throws IOException {
        shell = Shell.in(folder, "[keys]\noperator_zone = \"dkim.operator.test\"\n");
        shell.run("tenant", "add", "One");
        shell.run("tenant", "add", "Two");
        shell.run("domain", "add", "held.test");
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    @Test
    void printsWhoPublishesWhat() {
        Ended added = shell.run("domain", "add", "shop.test", "--external");

        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.err()).contains("nothing is signed", "sealpost domain check shop.test");
        assertThat(added.out().lines().map(line -> line.replaceAll("[a-z2-7]{26}|p=.*", "…")))
                .containsExactly(
                        "; For the owner of shop.test, once:",
                        "_sealpost-challenge.shop.test. IN TXT \"sealpost-challenge=…\"",
                        "r1._domainkey.shop.test. IN CNAME r1.….dkim.operator.test.",
                        "r2._domainkey.shop.test. IN CNAME r2.….dkim.operator.test.",
                        "e1._domainkey.shop.test. IN CNAME e1.….dkim.operator.test.",
                        "e2._domainkey.shop.test. IN CNAME e2.….dkim.operator.test.",
                        "; For your zone dkim.operator.test:",
                        "r1.….dkim.operator.test. IN TXT ( \"v=DKIM1; k=rsa; …",
                        "e1.….dkim.operator.test. IN TXT \"v=DKIM1; k=ed25519; …");
        assertThat(shell.run("domain", "add", "shop.test", "--external").out()).isEqualTo(added.out());
        assertThat(shell.run("domain", "show", "shop.test").out())
                .contains("claimed since", added.out().lines().toList().get(1));
        assertThat(shell.run("domain", "show", "shop.test", "--json").out()).contains("\"state\" : \"claimed\"");
        assertThat(shell.run("domain", "zone").out())
                .contains(added.out().lines().toList().get(7));
        assertThat(shell.run("domain", "list").out()).containsPattern("shop\\.test +operator .* claimed");
    }

    @Test
    void twoTenantsClaimOneNameAndEachGivesUpItsOwn() {
        shell.run("domain", "add", "both.test", "--external", "--tenant", "One");
        shell.run("domain", "add", "both.test", "--external", "--tenant", "Two");

        Ended which = shell.run("domain", "remove", "both.test");
        assertThat(which.code()).isEqualTo(Sysexits.USAGE);
        assertThat(which.err()).contains("several tenants have claimed both.test");
        Ended one = shell.run("domain", "remove", "both.test", "--tenant", "One");
        assertThat(one.code()).as(one.err()).isZero();
        assertThat(one.out().lines()).hasSize(5).anyMatch(line -> line.endsWith("IN TXT \"v=DKIM1; p=\""));
        assertThat(shell.run("domain", "zone").out())
                .contains(one.out().lines().toList().get(1));
        assertThat(shell.run("domain", "remove", "both.test").out()).startsWith("Removed the claim on both.test");
        assertThat(shell.run("domain", "show", "both.test").code()).isEqualTo(Sysexits.NOINPUT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "domain add held.test --external            | 73 | on the operator's word",
                "domain add single --external               | 65 | two labels or more",
                "domain add a.test --external --tenant None | 66 | there is no tenant None",
                "domain check held.test                     | 65 | is held on your word, there is nothing to prove",
                "domain check none.test                     | 66 | there is no external domain none.test",
                "domain remove held.test --tenant One       | 65 | is held on your word",
            })
    void faultsAreOneSentenceAndACode(String line, int code, String words) {
        Ended ended = shell.run(line.split(" +"));

        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).startsWith("sealpost: ").contains(words).doesNotContain("Exception");
    }

    @Test
    void withoutAZoneNoneIsAdded(@TempDir Path bare) throws IOException {
        try (Shell other = Shell.in(bare, "")) {
            Ended ended = other.run("domain", "add", "shop.test", "--external");

            assertThat(ended.code()).isEqualTo(Sysexits.CONFIG);
            assertThat(ended.err()).contains("operator_zone is not set");
        }
    }
}
