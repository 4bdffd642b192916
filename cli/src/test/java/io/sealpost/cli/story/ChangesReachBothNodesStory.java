package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.reply;
import static io.sealpost.fixtures.MxAction.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.DkimKey;
import io.sealpost.keys.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command's change holds on every node within two seconds of its end, while mail flows on both. */
class ChangesReachBothNodesStory {
    private static final Duration PROMISE = Duration.ofSeconds(2);
    private static final Pattern SHOWN_PASSWORD = Pattern.compile("[a-z0-9]{4}(?:-[a-z0-9]{4}){6}");

    @TempDir
    private static Path folder;

    private static RelayUnderTest relay;
    private static List<DkimKey> keys;
    private static RelayNodes nodes;
    private static Commands commands;

    @BeforeAll
    static void startBoth() throws IOException {
        String noLimits = RelayUnderTest.NO_LIMITS;
        relay = RelayUnderTest.bare(folder, noLimits, TestDatabase::settings);
        keys = relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
        nodes = RelayNodes.start(relay);
        commands = new Commands(relay.settingsFile());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nodes.close();
        relay.close();
    }

    @Test
    void aRevokedAppPasswordLogsInAndSendsNowhere() throws InterruptedException {
        String password = appPassword("anna@office.test", "lost-phone");

        changes("anna@office.test", password, "app-password revoke anna@office.test " + idOf("lost-phone"));
    }

    @Test
    void anAppPasswordThatIsBoundToAnotherNetworkLogsInAndSendsNowhere() throws InterruptedException {
        String password = appPassword("anna@office.test", "moved-printer");

        changes(
                "anna@office.test",
                password,
                "app-password update anna@office.test " + idOf("moved-printer") + " --network 192.0.2.1");
    }

    private static String idOf(String label) {
        return commands.ok("app-password list anna@office.test")
                .lines()
                .filter(line -> line.contains(label))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" +")[0];
    }

    @Test
    void aDisabledAccountLogsInAndSendsNowhere() throws InterruptedException {
        commands.ok("account add bert@office.test --generate");
        String password = appPassword("bert@office.test", "laptop");

        changes("bert@office.test", password, "account disable bert@office.test");
    }

    @Test
    void aRemovedAccountLogsInAndSendsNowhere() throws InterruptedException {
        commands.ok("account add carl@office.test --generate");
        String password = appPassword("carl@office.test", "laptop");

        changes("carl@office.test", password, "account remove carl@office.test");
    }

    @Test
    void aRetiredKeySignsNothingMoreThatLeaves() throws InterruptedException {
        DkimKey old = keys.get(0);
        record Left(long at, MxMessage mail) {}
        Queue<Left> left = new ConcurrentLinkedQueue<>();
        relay.mx().onMessage(mail -> left.add(new Left(System.nanoTime(), mail)));
        relay.mx().onRcpt(reply(450, "4.2.0 Not now")).when("waits@");
        CountDownLatch gate = new CountDownLatch(1);
        relay.mx().onRcpt(waitFor(gate)).when("slow@").once();
        try (Flow a = flow(nodes.a(), "anna@office.test", relay.appPassword());
                Flow b = flow(nodes.b(), "anna@office.test", relay.appPassword())) {
            submit(nodes.a(), "waits@shop.test");
            submit(nodes.b(), "slow@shop.test");
            await().until(() -> a.taken() > 5 && b.taken() > 5 && isUnderWay("slow@"));

            commands.ok("dkim retire office.test --selector " + old.selector());
            long end = System.nanoTime();
            await().until(() -> since(end).compareTo(PROMISE) > 0);
            gate.countDown();
            relay.mx().clearScript();
            await().until(() -> left.stream().anyMatch(one -> isTo("waits@").test(one.mail()))
                    && left.stream().anyMatch(one -> isTo("slow@").test(one.mail())));

            assertThat(left).anyMatch(one -> isSignedWith(old).test(one.mail()));
            assertThat(left)
                    .filteredOn(one -> one.at() - end > PROMISE.toNanos())
                    .isNotEmpty()
                    .allSatisfy(one -> {
                        assertThat(one.mail().text()).doesNotContain("s=" + old.selector() + ";");
                        assertThat(relay.verdicts(one.mail().content())).containsExactly(Verdict.Kind.PASS);
                    });
            assertThat(relay.mx().arrivals())
                    .allMatch(mail -> mail.accepted() || !isTo("slow@").test(mail));
        } finally {
            gate.countDown();
            relay.mx().clearScript();
        }
    }

    /** What is on the wire then may arrive a moment later. */
    @Test
    void aSuspendedAccountsMailWaitsOnBothAndComesBackWithTheResume() throws Exception {
        commands.ok("account add dora@office.test --generate");
        String password = appPassword("dora@office.test", "laptop");
        Map<String, Long> lastBy = new ConcurrentHashMap<>();
        relay.mx().onMessage(mail -> {
            if (mail.text().contains("From: <dora@office.test>")) {
                lastBy.put(RelayNodes.deliveredBy(mail), System.nanoTime());
            }
        });
        try (Flow a = flow(nodes.a(), "dora@office.test", password);
                Flow b = flow(nodes.b(), "dora@office.test", password)) {
            await().until(() -> lastBy.size() == 2);

            commands.ok("queue suspend dora@office.test --for 1h");
            long end = System.nanoTime();
            await().until(() -> since(end).compareTo(PROMISE.multipliedBy(3)) > 0);
            int taken = a.taken() + b.taken();
            await().until(() -> a.taken() + b.taken() > taken + 10);

            lastBy.forEach((node, at) -> System.out.printf(
                    "a suspension: last mail by %s %d ms after its end%n",
                    node, Duration.ofNanos(at - end).toMillis()));
            assertThat(lastBy.values())
                    .allSatisfy(at -> assertThat(Duration.ofNanos(at - end)).isLessThan(PROMISE.multipliedBy(2)));

            commands.ok("queue resume dora@office.test");
            long resumed = System.nanoTime();
            await().until(() -> lastBy.values().stream().allMatch(at -> at - resumed > 0));
        }
    }

    /** What hits one credential, while another one goes on undisturbed. */
    private static void changes(String user, String password, String command) throws InterruptedException {
        try (Flow a = flow(nodes.a(), user, password);
                Flow b = flow(nodes.b(), user, password);
                Flow other = flow(nodes.b(), "anna@office.test", relay.appPassword())) {
            await().until(() -> a.taken() > 5 && b.taken() > 5 && other.taken() > 5);

            List<RawSmtpClient> idle = nodes.all().stream()
                    .map(node -> nodes.login(node, user, password))
                    .toList();

            commands.ok(command);
            long end = System.nanoTime();
            idle.forEach(session -> session.expect("421").expectClosed().close());
            assertThat(since(end)).as("sessions that said nothing").isLessThan(PROMISE);
            await().until(() -> a.isRefused() && b.isRefused());

            assertThat(List.of(a, b)).allSatisfy(flow -> {
                assertThat(Duration.ofNanos(flow.lastGranted() - end)).isLessThan(PROMISE);
                assertThat(flow.sessionEnds()).hasSize(1);
            });
            int before = other.taken();
            await().until(() -> other.taken() > before + 5);
            assertThat(other.sessionEnds()).isEmpty();
            System.out.printf(
                    "%s: last grant %d and %d ms after its end, %s%n",
                    command,
                    Duration.ofNanos(a.lastGranted() - end).toMillis(),
                    Duration.ofNanos(b.lastGranted() - end).toMillis(),
                    a.sessionEnds());
        }
    }

    private static String appPassword(String user, String label) {
        Matcher shown = SHOWN_PASSWORD.matcher(commands.ok("app-password create " + user + " --label " + label));
        assertThat(shown.find()).isTrue();
        return shown.group();
    }

    private static Flow flow(RelayNodes.Node node, String user, String password) {
        return Flow.start(node.address(), user, password);
    }

    private static void submit(RelayNodes.Node node, String recipient) {
        try (RawSmtpClient client = nodes.login(node)) {
            client.deliver(
                    "anna@office.test", recipient, RelayUnderTest.mail("Hi\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static boolean isUnderWay(String recipient) {
        return relay.mx().sessions().stream()
                .flatMap(session -> session.commands().stream())
                .anyMatch(line -> line.contains(recipient));
    }

    private static Predicate<MxMessage> isTo(String recipient) {
        return mail -> mail.rcptTo().stream().anyMatch(to -> to.startsWith(recipient));
    }

    private static Predicate<MxMessage> isSignedWith(DkimKey key) {
        return mail -> mail.text().contains("s=" + key.selector() + ";");
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(RelayUnderTest.PATIENCE);
    }
}
