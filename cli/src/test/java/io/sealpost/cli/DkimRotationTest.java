package io.sealpost.cli;

import static io.sealpost.cli.KeyRecordsWorld.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.cli.Shell.Ended;
import io.sealpost.cli.console.Sysexits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * {@code dkim rotate}. Each change of a key is a transaction: what a killed command leaves is what
 * stands between two of them, and each of these states is made here before the command is called again.
 */
class DkimRotationTest extends RotationFixture {
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

    private List<CompletableFuture<Ended>> atOnce(int count, String command) {
        List<CompletableFuture<Ended>> running = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> run(command), task -> new Thread(task).start()))
                .toList();
        running.forEach(CompletableFuture::join);
        return running;
    }
}
