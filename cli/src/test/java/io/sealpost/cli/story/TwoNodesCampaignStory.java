package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.story.RelayNodes.Node;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.QueueFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mail from many connections to two nodes: one is killed and started again, then the other one is killed for good. What got its 250 is
 * delivered. {@code sealpost.crash.mails} (1000) says how many mails.
 */
@Tag("crash")
class TwoNodesCampaignStory {
    private static final int CONNECTIONS = 10;
    private static final int EACH = Integer.getInteger("sealpost.crash.mails", 1000) / 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(200L * EACH);
    private static final Pattern QUEUE_ID = Pattern.compile("\\bid (\\w{13})\\b");
    private static final Pattern TEST_ID = Pattern.compile("^X-Test-Id: (\\w+)\\r?$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void everyMailThatGotIts250IsDeliveredThoughEachNodeIsKilled() throws Exception {
        String noLimits = "[limits]\naccount_messages = \"0\"\naccount_recipients = \"0\"\n";
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, noLimits, TestDatabase::settings)) {
            relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
            relay.dns()
                    .change(zones -> zones.mx("a.test", 10, "mx.a.test", "127.0.0.2")
                            .mx("b.test", 10, "mx.b.test", "127.0.0.3"));
            try (RelayNodes nodes = RelayNodes.start(relay)) {
                CrashClients toA = clients(relay, nodes.a());
                CrashClients toB = clients(relay, nodes.b());

                await().until(() -> toA.acknowledged().size() > EACH / 3);
                toA.whileTheyWait(() -> {
                    nodes.kill(nodes.a());
                    nodes.restart(nodes.a());
                    return true;
                });
                await().until(() -> toB.acknowledged().size() > EACH * 2 / 3);
                toB.whileTheyWait(() -> {
                    nodes.kill(nodes.b());
                    toA.awaitEnd(PATIENCE);
                    await().until(() -> isEmpty(relay)); // By the other node alone.
                    nodes.restart(nodes.b());
                    return true;
                });
                toB.awaitEnd(PATIENCE);
                await().until(() -> isEmpty(relay));

                check(
                        relay,
                        Stream.of(toA, toB)
                                .flatMap(clients -> clients.acknowledged().keySet().stream())
                                .collect(Collectors.toSet()));
            }
        }
    }

    private static CrashClients clients(RelayUnderTest relay, Node node) {
        CrashClients clients = new CrashClients(node.name(), node.address(), relay.appPassword(), EACH);
        clients.start(CONNECTIONS);
        return clients;
    }

    private static boolean isEmpty(RelayUnderTest relay) {
        return relay.administer(administration ->
                administration.queue().list(QueueFilter.ALL, 1).isEmpty());
    }

    private static void check(RelayUnderTest relay, Set<String> acknowledged) {
        List<MxMessage> arrived = relay.mx().messages();
        Set<String> testIds = found(TEST_ID, arrived);
        System.out.printf(
                "two nodes, each killed: %d mails acknowledged, %d arrivals, %d copies of one queue id%n",
                acknowledged.size(),
                arrived.size(),
                arrived.size() - found(QUEUE_ID, arrived).size());
        assertThat(acknowledged).hasSize(2 * EACH);
        assertThat(testIds).containsAll(acknowledged);
        assertThat(arrived)
                .allSatisfy(mail -> assertThat(relay.verdicts(mail.content()))
                        .containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS));
    }

    private static Set<String> found(Pattern pattern, List<MxMessage> mails) {
        return mails.stream()
                .map(mail -> pattern.matcher(mail.text()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE);
    }
}
