package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code dkim rotate}, {@code rollback} and {@code retire}. Each change of a key is a transaction: what a killed command leaves is what
 * stands between two of them, and each of these states is made here before the command is called again.
 */
class DkimRotationTest {
    @TempDir
    private static Path folder;

    private static KeyRecordsWorld world;

    private String domain;

    @BeforeAll
    static void open() throws IOException {
        world = new KeyRecordsWorld(folder);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void aDomainThatSignsWithBothKinds() {
        domain = world.domain();
        for (String kind : List.of("rsa", "ed25519")) {
            world.shell.run("dkim", "create", domain, "--algorithm", kind, "--selector", "old-" + kind);
        }
        publishAll();
        assertThat(world.shell.run("dkim", "activate", domain).code()).isZero();
    }

    private void publishAll() {
        for (JsonNode record : world.json("dkim", "dns", domain, "--json")) {
            publish(record);
        }
    }

    private static void publish(JsonNode record) {
        String name = record.get("name").asText();
        world.everywhere(
                zones -> zones.remove(name).txt(name, record.get("value").asText()));
    }

    private void publish(String kind) {
        for (JsonNode key : world.json("dkim", "list", domain, "--json")) {
            if (key.get("algorithm").asText().equals(kind)) {
                world.json(
                                "dkim",
                                "dns",
                                domain,
                                "--json",
                                "--selector",
                                key.get("selector").asText())
                        .forEach(DkimRotationTest::publish);
            }
        }
    }

    private Ended run(String command, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "dkim";
        words[1] = command;
        words[2] = domain;
        System.arraycopy(more, 0, words, 3, more.length);
        return world.shell.run(words);
    }

    /** Selector to state; dated selectors are "new-rsa" and so on. */
    private Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode key : world.json("dkim", "list", domain, "--json")) {
            String selector = key.get("selector").asText();
            String shown = selector.startsWith("old-")
                    ? selector
                    : "new-" + key.get("algorithm").asText();
            states.put(shown, key.get("state").asText());
        }
        return states;
    }

    private static Map<String, String> states(String oldRsa, String oldEd, String newRsa, String newEd) {
        return Map.of("old-rsa", oldRsa, "old-ed25519", oldEd, "new-rsa", newRsa, "new-ed25519", newEd);
    }

    private void assertRotated() {
        assertThat(states()).isEqualTo(states("retiring", "retiring", "active", "active"));
    }

    @Test
    void theNextKeysWaitForTheirRecordsAndTheOldOnesSignMeanwhile() {
        Ended begun = run("rotate");

        assertThat(begun.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(begun.out()).contains("v=DKIM1; k=rsa; p=", "v=DKIM1; k=ed25519; p=");
        assertThat(begun.err())
                .contains("follows old-rsa. Publish its record:", "is not seen yet", "goes on from here");
        assertThat(states()).isEqualTo(states("active", "active", "pending", "pending"));

        publishAll();
        Ended ended = run("rotate");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains(" signs now.", name("old-rsa", domain) + " is retiring: its record must stand until 20");
        assertRotated();
    }

    @Test
    void calledAgainItDoesNothingWhileTheRecordsOfTheKeysBeforeMustStand() {
        rotate();

        for (int i = 0; i < 3; i++) {
            Ended again = run("rotate");
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.out()).contains("the record of old-rsa must stand until 20", "nothing is rotated");
        }
        assertRotated();
    }

    @Test
    void killedAfterTheFirstOfTwoKeysWasMadeItIsFinished() {
        run("create", "--algorithm", "rsa");

        assertThat(run("rotate").code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(states()).isEqualTo(states("active", "active", "pending", "pending"));
    }

    @Test
    void killedBetweenTheTwoSwitchesItIsFinished() {
        run("rotate");
        publish("rsa");
        assertThat(run("rotate").code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(states()).isEqualTo(states("retiring", "active", "active", "pending"));

        publish("ed25519");

        assertThat(run("rotate").code()).isZero();
        assertRotated();
    }

    @Test
    void sixAtOnceMakeOneNextKeyOfEachKindAndSwitchOnce() {
        List<CompletableFuture<Ended>> begun = atOnce(6, "rotate");
        assertThat(begun).allMatch(one -> one.join().code() == Sysexits.TEMPFAIL);
        assertThat(world.json("dkim", "list", domain, "--json")).hasSize(4);
        publishAll();

        assertThat(atOnce(6, "rotate"))
                .allSatisfy(one ->
                        assertThat(one.join().code()).as(one.join().err()).isZero());
        assertRotated();
    }

    private List<CompletableFuture<Ended>> atOnce(int count, String command) {
        List<CompletableFuture<Ended>> running = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> run(command), task -> new Thread(task).start()))
                .toList();
        running.forEach(CompletableFuture::join);
        return running;
    }

    @Test
    void withWaitItEndsWhenTheRecordsStand() {
        CompletableFuture<Ended> running = CompletableFuture.supplyAsync(() -> run("rotate", "--wait", "1m"));
        await().until(() -> states().size() == 4);
        publishAll();

        assertThat(running.join().code()).as(running.join().err()).isZero();
        assertRotated();
    }

    @Test
    void oneKindMayBeRotatedAloneAndYoungKeysMayBeLeft() {
        assertThat(run("rotate", "--older-than", "90d").out()).contains("it is followed from 20");
        assertThat(states()).hasSize(2);
        run("rotate", "--algorithm", "rsa");

        assertThat(states()).containsOnlyKeys("old-rsa", "old-ed25519", "new-rsa");
        publishAll();
        assertThat(run("rotate", "--algorithm", "rsa", "--older-than", "90d").code())
                .as("what was begun is finished")
                .isZero();
        assertThat(states()).containsEntry("old-rsa", "retiring").containsEntry("old-ed25519", "active");
    }

    @Test
    void aDomainWithoutAKeyThatSignsIsTold() {
        domain = world.domain();

        Ended ended = run("rotate");

        assertThat(ended.code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(ended.err()).contains("there is none to rotate", "domain show");
    }

    @Test
    void rollingBackSignsWithTheKeysBeforeAndNoFurtherBack() {
        rotate();

        Ended back = run("rollback");

        assertThat(back.code()).as(back.err()).isZero();
        assertThat(back.out()).contains(name("old-rsa", domain) + " signs now.", " is retiring: its record must stand");
        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
        Ended again = run("rollback");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("has gone back already; these sign: old-");
        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
    }

    @Test
    void killedBetweenItsTwoKeysARollbackIsFinishedAndNotTurnedRound() {
        rotate();
        assertThat(run("rollback", "--selector", "old-rsa").code()).isZero();
        assertThat(states()).isEqualTo(states("active", "retiring", "retiring", "active"));

        assertThat(run("rollback").code()).isZero();

        assertThat(states()).isEqualTo(states("active", "active", "retiring", "retiring"));
    }

    @Test
    void aKeyWhoseRecordIsGoneIsNotRolledBackTo() {
        rotate();
        world.ns2.change(zones -> zones.remove(name("old-rsa", domain)));

        Ended back = run("rollback", "--selector", "old-rsa");

        assertThat(back.code()).isEqualTo(Sysexits.TEMPFAIL);
        assertThat(back.err()).contains("does not stand everywhere any more; nothing was changed", "ns2.ns.test");
        assertRotated();
    }

    @Test
    void withoutARetiringKeyThereIsNoWayBack() {
        Ended ended = run("rollback");

        assertThat(ended.code()).isEqualTo(Sysexits.NOINPUT);
        assertThat(ended.err()).contains("no retiring key to go back to; these sign: old-rsa, old-ed25519");
        assertThat(run("rollback", "--selector", "old-rsa").out()).contains("signs now");
    }

    @Test
    void retiringSaysWhatHangsOnTheKeyAndWhatBecomesOfItsRecord() {
        rotate();

        assertThat(run("retire", "--selector", "old-rsa", "--dry-run").out())
                .contains("No waiting message carries its signature.", "is retiring; nothing was changed");
        assertRotated();
        Ended early = run("retire", "--selector", "old-rsa", "--reason", "sold");
        assertThat(early.out()).contains(name("old-rsa", domain) + " is retired.");
        assertThat(early.err())
                .contains("leave its record until then", name("old-rsa", domain) + ". IN TXT \"v=DKIM1; p=\"");
        assertThat(why("dkim.retire", "old-rsa")).contains("\"reason\":\"sold\"");
        assertThat(why("dkim.activate", "old-rsa")).contains("\"seen\":\"127.0.0.1:", "ns1.ns.test (127.0.0.2)");
        assertThat(why("dkim.replace", "old-rsa")).contains("\"by\":\"s20");
        assertThat(run("rollback", "--selector", "old-rsa").err()).contains("only a retiring one can sign again");
    }

    @Test
    void aKeyWhoseTimeIsOverIsToldInTheList() {
        rotate();
        world.shell
                .database()
                .database()
                .transactions()
                .run(handle -> handle.execute(
                        "UPDATE dkim_key SET state_since = '2026-01-01' WHERE selector = 'old-rsa' AND domain ="
                                + " (SELECT id FROM domain WHERE name = ?)",
                        domain));

        Ended list = run("list");

        assertThat(list.out()).contains("PUBLISHED UNTIL", "2026-01-13 00:00:00Z");
        assertThat(list.err())
                .containsOnlyOnce("is over")
                .contains("sealpost dkim retire " + domain + " --selector old-rsa");
        assertThat(run("retire", "--selector", "old-rsa").err()).contains("Its record may go.");
    }

    private String why(String action, String selector) {
        return world.shell
                .database()
                .database()
                .transactions()
                .read(handle -> handle.select(
                                "SELECT json FROM audit WHERE action = ? AND subject = ?",
                                action,
                                name(selector, domain))
                        .mapTo(String.class)
                        .one());
    }

    private void rotate() {
        run("rotate");
        publishAll();
        Ended ended = run("rotate");
        assertThat(ended.code()).as(ended.err()).isZero();
    }
}
