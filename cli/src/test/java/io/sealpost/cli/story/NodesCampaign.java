package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.cli.story.RelayNodes.Node;
import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.QueueFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Three relay nodes take {@code sealpost.nodes.mails} (2,000) mails from many connections and deliver them, while b is killed and comes back.
 * What got its 250 is delivered; what was delivered twice was b's work when it died.
 */
final class NodesCampaign {
    static final String NO_LIMITS = RelayUnderTest.NO_LIMITS;
    private static final int CONNECTIONS = 8;
    private static final int EACH = Integer.getInteger("sealpost.nodes.mails", 2000) / 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(200L * EACH);
    private static final Pattern QUEUE_ID = Pattern.compile("\\bid (\\w{13})\\b");
    private static final Pattern TEST_ID = Pattern.compile("^X-Test-Id: (\\w+)\\r?$", Pattern.MULTILINE);

    private final RelayUnderTest relay;
    private final List<CrashClients> clients = new ArrayList<>();
    private final Set<String> deliveredByB = new HashSet<>();

    NodesCampaign(RelayUnderTest relay) {
        this.relay = relay;
        relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
        relay.dns()
                .change(zones ->
                        zones.mx("a.test", 10, "mx.a.test", "127.0.0.2").mx("b.test", 10, "mx.b.test", "127.0.0.3"));
    }

    /** {@code harm} is done once two thirds of the mail was taken, while the clients of node a, where it breaks theirs, wait. */
    void run(List<UnaryOperator<String>> settings, Callable<Void> harm) throws Exception {
        long start = System.nanoTime();
        try (RelayNodes nodes = RelayNodes.start(relay, settings)) {
            for (Node node : nodes.all()) {
                CrashClients those = new CrashClients(node.name(), node.address(), relay.appPassword(), EACH);
                clients.add(those);
                those.start(CONNECTIONS);
            }
            await().until(() -> acknowledged() > EACH);
            clients.get(1).whileTheyWait(() -> {
                nodes.kill(nodes.b());
                accepted().stream()
                        .filter(mail ->
                                RelayNodes.deliveredBy(mail).equals(nodes.b().hostname()))
                        .forEach(mail -> deliveredByB.add(found(QUEUE_ID, mail)));
                nodes.restart(nodes.b());
                return null;
            });
            await().until(() -> acknowledged() > 2 * EACH);
            clients.get(0).whileTheyWait(harm);
            for (CrashClients those : clients) {
                those.awaitEnd(PATIENCE);
            }
            await().until(this::isEmpty);
            assertThat(nodes.log()).noneMatch(line -> line.contains("a fault of our own"));
        }
        check(Duration.ofNanos(System.nanoTime() - start));
    }

    private int acknowledged() {
        return clients.stream().mapToInt(those -> those.acknowledged().size()).sum();
    }

    private boolean isEmpty() {
        return relay.administer(administration ->
                administration.queue().list(QueueFilter.ALL, 1).isEmpty());
    }

    private void check(Duration time) {
        List<MxMessage> arrived = accepted();
        Set<String> delivered =
                arrived.stream().map(mail -> found(TEST_ID, mail)).collect(Collectors.toSet());
        Map<String, Integer> times = timesDelivered();
        List<MxMessage> copied = arrived.stream()
                .filter(mail -> times.get(found(QUEUE_ID, mail)) > 1)
                .toList();
        System.out.printf(
                "three nodes: %d mails acknowledged, %d arrivals, %d of them copies of one queue id, %d sent again by clients, %d s%n",
                acknowledged(),
                arrived.size(),
                arrived.size() - times.size(),
                clients.stream().mapToInt(CrashClients::sentAgain).sum(),
                time.toSeconds());
        assertThat(delivered)
                .containsAll(clients.stream()
                        .flatMap(those -> those.acknowledged().keySet().stream())
                        .collect(Collectors.toSet()));
        // The host had taken it from b, which could not settle it any more.
        assertThat(copied.stream().map(mail -> found(QUEUE_ID, mail)).distinct())
                .allSatisfy(id -> assertThat(deliveredByB).contains(id));
        assertThat(arrived.subList(0, Math.min(100, arrived.size())))
                .allSatisfy(mail -> assertThat(relay.verdicts(mail.content()))
                        .containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS));
    }

    private Map<String, Integer> timesDelivered() {
        return accepted().stream().collect(Collectors.toMap(mail -> found(QUEUE_ID, mail), mail -> 1, Integer::sum));
    }

    private List<MxMessage> accepted() {
        return relay.mx().messages().stream().filter(MxMessage::accepted).toList();
    }

    private static String found(Pattern pattern, MxMessage mail) {
        Matcher matcher = pattern.matcher(mail.text());
        assertThat(matcher.find()).as(mail.text()).isTrue();
        return matcher.group(1);
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE);
    }
}
