package io.sealpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainCommandTest {
    @TempDir
    private static Path folder;

    private static KeyRecordsWorld world;
    private static Shell shell;

    @BeforeAll
    static void open() throws IOException {
        world = new KeyRecordsWorld(folder);
        shell = world.shell;
        shell.run("tenant", "add", "Reseller");
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({
        "Upper.Test,      upper.test",
        "dot.test.,       dot.test",
        "bücher.test,     xn--bcher-kva.test",
        "under_score.test, under_score.test",
        "a.b.c.d.test,    a.b.c.d.test",
    })
    void takesANameInAnyForm(String given, String held) {
        assertThat(shell.run("domain", "add", given).out()).startsWith("Added " + held + ".");
        assertThat(shell.run("domain", "list").out()).contains(held);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost      | 65 | takes two labels or more",
                "192.0.2.1      | 65 | cannot send mail",
                "[192.0.2.1]    | 64 | is not a domain name",
                "a..test        | 64 | is not a domain name",
                "-a.test        | 64 | DOMAIN",
                "a b.test       | 64 | is not a domain name",
                "anna@a.test    | 64 | is not a domain name",
                "''             | 64 | is not a domain name",
            })
    void refusesWhatIsNoDomainOfMail(String name, int code, String words) {
        Ended ended = shell.run("domain", "add", name);

        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
        assertThat(ended.err()).contains(words);
    }

    @Test
    void aDomainIsHeldOnce() {
        shell.run("domain", "add", "once.test", "--tenant", "Reseller");

        Ended same = shell.run("domain", "add", "once.test", "--tenant", "Reseller");
        assertThat(same.code()).isEqualTo(Sysexits.CANTCREAT);
        assertThat(same.err()).contains("once.test is there already");
        Ended other = shell.run("domain", "add", "ONCE.test");
        assertThat(other.code()).isEqualTo(Sysexits.CANTCREAT);
        assertThat(other.err()).contains("once.test is held by the tenant Reseller already");
    }

    @Test
    void showsWhatIsToDoNextStepByStep() {
        String domain = world.domain();
        assertThat(shown(domain))
                .contains("  tenant    operator\n", "  accounts  0\n")
                .contains("  next      it has no key: sealpost dkim create " + domain)
                .contains("  next      no account has an address of it")
                .doesNotContain("; DKIM");

        String record = world.key(domain, "s1");
        assertThat(shown(domain))
                .contains("  key       s1  ed25519 256  pending since ")
                .contains(
                        "  next      no key signs yet: publish its record, then run: sealpost dkim activate " + domain)
                .contains("; DKIM", "s1._domainkey." + domain + ". IN TXT \"" + record + "\"");

        world.everywhere(zones -> zones.txt("s1._domainkey." + domain, record));
        shell.run("dkim", "activate", domain);
        assertThat(shown(domain)).contains("only an Ed25519 key signs").contains("s1  ed25519 256  active since ");

        shell.run("account", "add", "anna@" + domain, "--generate");
        shell.run("dkim", "create", domain, "--algorithm", "rsa", "--selector", "s2");
        assertThat(shown(domain))
                .contains("  accounts  1\n", "a key is pending: publish its record")
                .doesNotContain("no account");
        assertThat(shown(domain).lines().filter(line -> line.contains("  next")))
                .hasSize(1);
    }

    @Test
    void showsTheAdviceAsRecordsToCopy() {
        String domain = world.domain();

        assertThat(shown(domain))
                .contains(
                        "; Advice: fit it to what stands there.",
                        domain + ". IN TXT \"v=spf1 a:relay.office.test ~all\"",
                        "_dmarc." + domain + ". IN TXT \"v=DMARC1; p=none; rua=mailto:postmaster@" + domain + "\"");
    }

    @Test
    void showsTheNameThatPeopleReadAndADisabledTenant() {
        shell.run("tenant", "add", "Asleep");
        shell.run("domain", "add", "käse.test", "--tenant", "Asleep");
        shell.run("tenant", "disable", "Asleep");

        assertThat(shown("käse.test"))
                .startsWith("xn--kse-qla.test (käse.test)\n")
                .contains("its tenant is disabled: sealpost tenant enable Asleep");
    }

    @Test
    void showsAllOfItAsJson() throws IOException {
        String domain = world.domain();
        world.key(domain, "s1");

        JsonNode json = new ObjectMapper()
                .readTree(shell.run("domain", "show", domain, "--json").out());

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("domain", "tenant", "created", "accounts", "keys", "next", "records", "advice");
        assertThat(json.get("keys").get(0).get("selector").asText()).isEqualTo("s1");
        assertThat(json.get("records").get(0).fieldNames()).toIterable().containsExactly("name", "type", "value");
        assertThat(json.get("next")).hasSize(2);
        assertThat(shell.run("domain", "show", "nowhere.test").code()).isEqualTo(Sysexits.NOINPUT);
    }

    @Test
    void removesWhatNothingHangsOn() {
        String domain = world.domain();
        world.key(domain, "s1");

        assertThat(shell.run("domain", "remove", domain).out()).isEqualTo("Removed " + domain + " and its keys.\n");
        assertThat(shell.run("domain", "remove", domain).code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(shell.run("dkim", "list").out()).doesNotContain(domain);
    }

    @Test
    void whatHangsOnADomainKeepsItUnlessForced() throws IOException {
        shell.run("domain", "add", "office.test");
        shell.run("account", "add", "anna@office.test", "--generate");
        world.everywhere(zones -> zones.zone("office.test", "ns1.ns.test", "ns2.ns.test"));
        world.activeKey("office.test", "s1");
        QueuedMail.store(shell); // From anna@office.test, to two.

        Ended kept = shell.run("domain", "remove", "office.test");

        assertThat(kept.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(kept.err())
                .contains("office.test is in use (1 account, 1 key that signs, 2 deliveries waiting); --force");
        assertThat(shell.run("dkim", "list", "office.test").out()).contains("active");

        Ended forced = shell.run("domain", "remove", "office.test", "--force");

        assertThat(forced.code()).as(forced.err()).isZero();
        assertThat(forced.err()).contains("It had 1 account.", "It had 2 deliveries waiting.");
        assertThat(shell.run("domain", "show", "office.test").code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(shell.run("account", "list").out()).contains("anna@office.test");
        assertThat(shell.run("domain", "add", "office.test").err())
                .contains("Accounts that have an address of it from before: 1;");
        assertThat(shell.run("queue", "list", "--sender", "@office.test").out().lines())
                .hasSize(3);
        assertThat(shell.run("queue", "list", "--sender", "@ffice.test").out()).isEqualTo("Nothing waits.\n");
    }

    @Test
    void ofTenAtOnceOneAddsAndOneRemoves() {
        assertThat(tenAtOnce("domain", "add", "race.test")).containsOnlyOnce(0).containsOnly(0, Sysexits.CANTCREAT);
        assertThat(tenAtOnce("domain", "remove", "race.test"))
                .containsOnlyOnce(0)
                .containsOnly(0, Sysexits.NOINPUT);
    }

    private static List<Integer> tenAtOnce(String... words) {
        List<CompletableFuture<Integer>> running = IntStream.range(0, 10)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> shell.run(words).code(), task -> new Thread(task).start()))
                .toList();
        return running.stream().map(CompletableFuture::join).toList();
    }

    private static String shown(String domain) {
        Ended ended = shell.run("domain", "show", domain);
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.out();
    }
}
