package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What {@code dkim check} finds, and the exit code that a cron job reads. */
class DkimCheckTest {
    @TempDir
    private static Path folder;

    private static KeyRecordsWorld world;

    @BeforeAll
    static void open() throws IOException {
        world = new KeyRecordsWorld(folder);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @Test
    void allWellIsZero() {
        String domain = world.domain();
        world.activeKey(domain, "s1");

        Ended ended = check(domain);

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out().lines())
                .hasSize(5)
                .first()
                .isEqualTo(name("s1", domain) + " (ed25519, 256 bits, active): ok");
        assertThat(ended.out()).contains("  ok  ns2.ns.test (127.0.0.3): shows the key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=DKIM1; k=ed25519; p= | revoked",
                "v=DKIM1; k=rsa; p=AAAA | another kind of key (k=rsa), not ed25519",
                "v=DKIM1; k=ed25519; h=sha1; p=AAAA | does not allow sha256 (h=sha1)",
                "v=DKIM1; k=ed25519; s=other; p=AAAA | not for email (s=other)",
                "v=DKIM1; k=ed25519; p=AAAA | another key",
            })
    void aRecordOfAnActiveKeyThatHasGoneWrongOnOneServerIs65(String record, String words) {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.ns2.change(zones -> zones.remove(name("s1", domain)).txt(name("s1", domain), record));

        Ended ended = check(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(ended.out())
                .contains(
                        "(ed25519, 256 bits, active): wrong",
                        "  ok  127.0.0.1:",
                        "  wrong  ns2.ns.test (127.0.0.3): ",
                        words);
    }

    @Test
    void aRecordThatIsGoneEverywhereIs65() {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.everywhere(zones -> zones.remove(name("s1", domain)));

        Ended ended = check(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.DATAERR);
        assertThat(ended.out().lines().filter(line -> line.contains("no TXT record")))
                .hasSize(4);
    }

    @Test
    void aConfiguredServerThatDoesNotAnswerIs75() {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.resolver.change(zones -> zones.fault("SERVFAIL", name("s1", domain)));

        Ended ended = check(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.out()).contains("active): silent", "  silent  127.0.0.1:");
    }

    @Test
    void aNameServerOfTheZoneThatIsAwayIsShownAndNoFault() {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.ns1.change(zones -> zones.fault("SERVFAIL", name("s1", domain)));

        Ended ended = check(domain);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("active): ok", "  silent  ns1.ns.test (127.0.0.2): SERVFAIL");
    }

    @Test
    void aPendingKeyThatIsNotPublishedIsNoFaultAndIsHiddenFromTheResolvers() {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.key(domain, "s2");

        Ended ended = check(domain);

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).contains(name("s2", domain) + " (ed25519, 256 bits, pending): not seen yet");
        assertThat(world.resolver.queries()).noneMatch(query -> query.name().startsWith("s2._domainkey." + domain));
    }

    @Test
    void aRetiringKeyMustStillStand() {
        String domain = world.domain();
        world.activeKey(domain, "s1");
        world.activeKey(domain, "s2");
        world.everywhere(zones -> zones.remove(name("s1", domain)));

        assertThat(check(domain).code()).isEqualTo(Sysexits.DATAERR);
        assertThat(check(domain, "--selector", "s2").code()).isZero();
        assertThat(world.shell.run("dkim", "retire", domain, "--selector", "s1").code())
                .isZero();
        assertThat(check(domain).code()).isZero();
        assertThat(check(domain, "--selector", "s1").code())
                .as("a retired key's record may go")
                .isZero();
    }

    @Test
    void aliasesFlagsAndWeakKeysAreShown() {
        String domain = world.domain();
        String record = world.key(
                domain, "w", "dkim", "create", domain, "--algorithm", "rsa", "--bits", "1024", "--selector", "w");
        world.everywhere(zones -> zones.cname(name("w", domain), "w." + domain + ".ns.test")
                .txt("w." + domain + ".ns.test", record + "; t=y:s"));
        assertThat(world.shell.run("dkim", "activate", domain).code()).isZero();

        Ended ended = check(domain);

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains(
                        "  alias of w." + domain + ".ns.test\n",
                        "  note  the key has only 1024 bits",
                        "  note  t=y says",
                        "  note  t=s allows");
    }

    @Test
    void aChainOfAliasesThatBreaksIsToldWithItsEnd() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        String target = "k1." + domain + ".ns.test";
        world.everywhere(zones -> zones.cname(name("s1", domain), target).txt(target, record));
        assertThat(world.shell.run("dkim", "activate", domain).code()).isZero();
        world.everywhere(zones -> zones.remove(target).cname(target, "gone." + domain + ".ns.test"));

        Ended ended = check(domain);

        assertThat(ended.code()).as(ended.out()).isEqualTo(Sysexits.DATAERR);
        assertThat(ended.out())
                .contains(
                        "  alias of " + target + "\n  alias of gone." + domain + ".ns.test\n",
                        "at the end of the aliases, at gone." + domain + ".ns.test: it must stand there");
    }

    @Test
    void jsonHasWhatTheScreenHas() {
        String domain = world.domain();
        world.activeKey(domain, "s1");

        JsonNode key = world.json("dkim", "check", domain, "--json").get(0);

        assertThat(key.fieldNames())
                .toIterable()
                .containsExactly(
                        "record", "selector", "algorithm", "bits", "state", "verdict", "aliases", "notes", "servers");
        assertThat(key.get("verdict").asText()).isEqualTo("ok");
        assertThat(key.get("servers").get(0).fieldNames())
                .toIterable()
                .containsExactly("server", "role", "verdict", "sentence");
        assertThat(key.get("servers").get(2).get("role").asText()).isEqualTo("authoritative");
    }

    @Test
    void aDomainWithoutKeysIs66() {
        assertThat(check(world.domain()).code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(check("nowhere.test").code()).isEqualTo(Sysexits.NOINPUT);
    }

    private static Ended check(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "dkim";
        all[1] = "check";
        System.arraycopy(words, 0, all, 2, words.length);
        return world.shell.run(all);
    }
}
