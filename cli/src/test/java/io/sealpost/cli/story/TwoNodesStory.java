package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static io.sealpost.fixtures.MxAction.stall;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.story.RelayNodes.Node;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes share nothing but the database: each takes mail, each delivers, and one does the work of the other that was killed. */
class TwoNodesStory {
    private static final int MAILS = 12;

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static RelayNodes nodes;

    @BeforeAll
    static void startBoth() throws IOException {
        relay = RelayUnderTest.bare(folder, "", TestDatabase::settings);
        relay.addKeys(KeyAlgorithm.RSA);
        relay.dns()
                .change(zones -> IntStream.range(0, MAILS)
                        .forEach(i -> zones.mx("d" + i + ".test", 10, "mx.d" + i + ".test", "127.0.0.2")));
        nodes = RelayNodes.start(relay);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nodes.close();
        relay.close();
    }

    @AfterEach
    void letAllPass() {
        relay.mx().clearScript();
    }

    @Test
    void bothTakeMailAndBothDeliverWhatWaited() {
        relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when("shared-");
        submit(nodes.a(), "shared-a");
        submit(nodes.b(), "shared-b");
        await().until(() -> relay.queue().size() == 10); // As many as it lists.

        relay.mx().clearScript();

        List<MxMessage> arrived = awaitArrivals("shared-", 2 * MAILS);
        assertThat(arrived).as("each once").hasSize(2 * MAILS);
        assertThat(arrived.stream().map(RelayNodes::deliveredBy).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("a.office.test", "b.office.test");
    }

    @Test
    void whatAKilledNodeHadUnderWayGoesOutFromTheOther() throws InterruptedException {
        relay.mx().onEndOfData(stall()).times(MAILS);
        submit(nodes.a(), "orphan");
        await().until(() ->
                relay.mx().arrivals().stream().filter(isTo("orphan")).count() == MAILS);

        nodes.kill(nodes.a());
        long killed = System.nanoTime();
        relay.mx().clearScript();
        List<MxMessage> arrived = awaitArrivals("orphan", MAILS);

        System.out.printf(
                "two nodes: the other took over %d mails %d ms after kill -9, where a node is dead after %s%n",
                MAILS, Duration.ofNanos(System.nanoTime() - killed).toMillis(), RelayNodes.DEAD_AFTER);
        assertThat(arrived).allSatisfy(mail -> {
            assertThat(RelayNodes.deliveredBy(mail)).isEqualTo("b.office.test");
            assertThat(relay.verdicts(mail.content())).containsExactly(Verdict.Kind.PASS);
        });
        nodes.restart(nodes.a());
        submit(nodes.a(), "again");
        awaitArrivals("again", MAILS);
    }

    @Test
    @Tag("crash")
    void whatAKilledNodeHadUnderWayGoesOutAtOnceWhenItIsStartedAgain() throws InterruptedException {
        relay.mx().onEndOfData(stall()).times(MAILS);
        submit(nodes.b(), "returned");
        await().until(() ->
                relay.mx().arrivals().stream().filter(isTo("returned")).count() == MAILS);

        nodes.kill(nodes.b());
        relay.mx().clearScript();
        nodes.restart(nodes.b());

        // Of the lease's five minutes nothing is waited for.
        awaitArrivals("returned", MAILS);
    }

    /** One mail to each domain, so that they lie in many buckets. */
    private static void submit(Node node, String localPart) {
        try (RawSmtpClient client = nodes.login(node)) {
            for (int i = 0; i < MAILS; i++) {
                client.deliver(
                        RelayUnderTest.ANNA.toString(),
                        localPart + "@d" + i + ".test",
                        RelayUnderTest.mail("Hi\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static List<MxMessage> awaitArrivals(String localPart, int count) {
        await().until(() -> recipients(localPart).size() == count);
        return relay.mx().messages().stream().filter(isTo(localPart)).toList();
    }

    private static Set<String> recipients(String localPart) {
        return relay.mx().messages().stream()
                .filter(isTo(localPart))
                .flatMap(mail -> mail.rcptTo().stream())
                .collect(Collectors.toSet());
    }

    private static Predicate<MxMessage> isTo(String localPart) {
        return mail -> mail.rcptTo().stream().anyMatch(to -> to.startsWith(localPart));
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(2));
    }
}
