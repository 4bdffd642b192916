package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** What {@code dkim activate} needs of which server, and what it says. */
class DkimActivateTest {
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
    void signsWhenEveryServerShowsTheRecord() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));

        Ended ended = activate(domain);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo(name("s1", domain) + " signs now.\n");
        assertThat(ended.err()).isEmpty();
        assertThat(world.resolver.asked(name("s1", domain), "TXT")).isEqualTo(1);
        assertThat(world.ns1.asked(name("s1", domain), "TXT")).isEqualTo(1);
    }

    @Test
    void isDoneWhenTheKeysSignAlready() {
        String domain = world.domain();
        world.activeKey(domain, "s1");

        assertThat(activate(domain).out()).isEqualTo(domain + " has no pending key; these sign: s1.\n");
        assertThat(activate(domain, "--selector", "S1").out()).isEqualTo(name("s1", domain) + " signs now.\n");
    }

    @Test
    void saysWhatToDoWithoutAnyKey() {
        String domain = world.domain();

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(ended.err()).contains("make one: sealpost dkim create " + domain);
        assertThat(activate(domain, "--selector", "x").err()).contains("no key with the selector x");
    }

    @Test
    void asksNoResolverForARecordThatTheZoneDoesNotHave() {
        String domain = world.domain();
        world.key(domain, "s1");

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err())
                .contains(
                        name("s1", domain) + " is not seen yet; it stays pending:",
                        "  ns1.ns.test (127.0.0.2): there is no TXT record at " + name("s1", domain)
                                + ": no such name (NXDOMAIN)",
                        "  ns2.ns.test (127.0.0.3): there is no TXT record",
                        "sealpost dkim dns " + domain);
        assertThat(world.resolver.queries()).noneMatch(query -> query.name().startsWith("s1._domainkey." + domain));
    }

    @Test
    void oneConfiguredServerThatDoesNotShowItKeepsItBack() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));
        world.secondResolver.change(zones -> zones.remove(name("s1", domain)));

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err())
                .contains("  127.0.0.5:")
                .contains("it may remember this for another 60 s")
                .doesNotContain("127.0.0.1:", "127.0.0.2");
    }

    @Test
    void aConfiguredServerThatFailsKeepsItBack() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));
        world.secondResolver.change(zones -> zones.fault("SERVFAIL", name("s1", domain)));

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err()).containsPattern("127\\.0\\.0\\.5:\\d+: SERVFAIL");
    }

    @Test
    void anAuthoritativeServerWithAnotherKeyKeepsItBack() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));
        world.ns2.change(zones ->
                zones.remove(name("s1", domain)).txt(name("s1", domain), "v=DKIM1; k=ed25519; p=c29tZSBvdGhlciBrZXk="));

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err())
                .contains(
                        "ns2.ns.test (127.0.0.3): the record holds another key: from character 1 on p= has \"c29tZSBvdGhl\"");
    }

    @Test
    void twoRecordsAreTold() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record).txt(name("s1", domain), "v=DKIM1; p="));

        assertThat(activate(domain).err()).contains("2 TXT records stand at", "the key's own is among them");
    }

    @Test
    void anAuthoritativeServerThatIsAwayIsAWarning() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));
        world.ns1.change(zones -> zones.fault("REFUSED", name("s1", domain)));

        Ended ended = activate(domain);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).isEqualTo("  warning: ns1.ns.test (127.0.0.2): REFUSED\n");
    }

    @Test
    void aNameServerOnAPrivateAddressThatNobodyAllowedIsNotAsked() {
        String domain = world.domain();
        world.everywhere(zones -> zones.delegation(domain, "inside.ns.test").address("inside.ns.test", "127.0.0.9"));
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));

        Ended ended = activate(domain);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("warning: inside.ns.test: 127.0.0.9 is a private address");
    }

    @Test
    void theServersOfAnAliasTargetAreAskedToo() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones ->
                zones.cname(name("s1", domain), "k1." + domain + ".ns.test").txt("k1." + domain + ".ns.test", record));
        world.ns1.change(zones -> zones.remove("k1." + domain + ".ns.test"));

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err())
                .contains("ns1.ns.test (127.0.0.2) at the alias k1." + domain + ".ns.test: there is no TXT");
    }

    @Test
    void aTestFlagIsAWarning() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record + "; t=y"));

        Ended ended = activate(domain);

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).contains("warning: t=y says that the key is only being tested");
    }

    @Test
    void oneOfTwoKeysMayComeFirst() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.key(domain, "s2");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));

        Ended ended = activate(domain);

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.out()).isEqualTo(name("s1", domain) + " signs now.\n");
        assertThat(ended.err()).contains(name("s2", domain) + " is not seen yet");
    }

    @Test
    void tenAtOnceAllFindItActive() {
        String domain = world.domain();
        String record = world.key(domain, "s1");
        world.everywhere(zones -> zones.txt(name("s1", domain), record));

        List<CompletableFuture<Ended>> running = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> activate(domain), task -> new Thread(task).start()))
                .toList();

        assertThat(running)
                .allSatisfy(one ->
                        assertThat(one.join().code()).as(one.join().err()).isZero());
        assertThat(world.json("dkim", "list", domain, "--json")
                        .get(0)
                        .get("state")
                        .asText())
                .isEqualTo("active");
    }

    @Test
    void waitsUntilTheRecordStands() {
        String domain = world.domain();
        String record = world.key(domain, "s1");

        CompletableFuture<Ended> ended = CompletableFuture.supplyAsync(() -> activate("--wait", domain));
        await().until(() -> world.ns1.asked(name("s1", domain), "TXT") > 0);
        world.everywhere(zones -> zones.txt(name("s1", domain), record));

        assertThat(ended.join().code()).as(ended.join().err()).isZero();
        assertThat(ended.join().err()).contains("Looking again in 1s.");
    }

    @Test
    void givesUpAtTheEndOfTheTime() {
        String domain = world.domain();
        world.key(domain, "s1");

        Ended ended = activate(domain, "--wait", "100ms");

        assertThat(ended.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(ended.err()).containsOnlyOnce("Looking again in");
        assertThat(activate(domain, "--wait=soon").err()).contains("\"soon\" is not a time");
    }

    private static Ended activate(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "dkim";
        all[1] = "activate";
        System.arraycopy(words, 0, all, 2, words.length);
        return world.shell.run(all);
    }
}
