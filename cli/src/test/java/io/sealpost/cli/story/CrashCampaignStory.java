package io.sealpost.cli.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sealpost.dkim.Verdict;
import io.sealpost.fixtures.Loopback;
import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.QueueFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mail from many connections while {@code serve} is killed again and again: what got its 250 is delivered. Figures by system property:
 * {@code sealpost.crash.mails} (1000), {@code sealpost.crash.kills} (3), {@code sealpost.crash.seed} for the moments.
 */
@Tag("crash")
class CrashCampaignStory {
    private static final int CONNECTIONS = 20;
    private static final int MAILS = Integer.getInteger("sealpost.crash.mails", 1000);
    private static final int KILLS = Integer.getInteger("sealpost.crash.kills", 3);
    private static final long SEED = Long.getLong("sealpost.crash.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(2).plusMillis(100L * MAILS);
    private static final Pattern QUEUE_ID = Pattern.compile("\\bid (\\w{13})\\b");
    private static final Pattern TEST_ID = Pattern.compile("^X-Test-Id: (\\w+)\\r?$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void everyMailThatGotIts250IsDelivered() throws Exception {
        int port = Loopback.freePort();
        String noLimits = "[limits]\naccount_messages = \"0\"\naccount_recipients = \"0\"\n";
        try (RelayUnderTest relay = RelayUnderTest.bare(folder, noLimits, TestDatabase::settings)) {
            relay.addKeys(KeyAlgorithm.RSA, KeyAlgorithm.ED25519);
            relay.dns()
                    .change(zones -> zones.mx("a.test", 10, "mx.a.test", "127.0.0.2")
                            .mx("b.test", 10, "mx.b.test", "127.0.0.3"));
            Path settings = relay.settingsFile();
            Files.writeString(
                    settings,
                    Files.readString(settings, StandardCharsets.UTF_8).replace("127.0.0.1:0", "127.0.0.1:" + port));
            long start = System.nanoTime();
            CrashClients clients =
                    new CrashClients("t", Loopback.socket("127.0.0.1", port), relay.appPassword(), MAILS);
            ServeProcess serve = ServeProcess.start(settings, port);
            clients.start(CONNECTIONS);
            try {
                for (int moment : moments()) {
                    await().pollInterval(Duration.ofMillis(2))
                            .atMost(PATIENCE)
                            .until(() -> clients.acknowledged().size() >= moment);
                    ServeProcess killed = serve;
                    serve = clients.whileTheyWait(() -> {
                        killed.kill();
                        return ServeProcess.start(settings, port);
                    });
                }
                clients.awaitEnd(PATIENCE);
                await().atMost(PATIENCE)
                        .until(() -> relay.administer(administration ->
                                administration.queue().list(QueueFilter.ALL, 1).isEmpty()));
            } finally {
                serve.close();
            }
            List<MxMessage> arrived =
                    relay.mx().messages().stream().filter(MxMessage::accepted).toList();
            tell(clients, arrived, Duration.ofNanos(System.nanoTime() - start));
            assertThat(byTestId(arrived).keySet())
                    .hasSize(MAILS)
                    .containsAll(clients.acknowledged().keySet());
            assertThat(arrived)
                    .allSatisfy(mail -> assertThat(relay.verdicts(mail.content()))
                            .containsExactly(Verdict.Kind.PASS, Verdict.Kind.PASS));
        }
    }

    /** After how many acknowledged mails each kill comes: one in each part of the campaign. */
    private static List<Integer> moments() {
        int part = MAILS / (KILLS + 1);
        return new Random(SEED)
                .ints(KILLS, 0, part)
                .boxed()
                .collect(Collectors.collectingAndThen(Collectors.toList(), random -> {
                    for (int i = 0; i < random.size(); i++) {
                        random.set(i, random.get(i) + i * part + part / 2);
                    }
                    return random;
                }));
    }

    private static Map<String, List<MxMessage>> byTestId(List<MxMessage> arrived) {
        return arrived.stream()
                .collect(Collectors.groupingBy(mail -> found(TEST_ID, mail), TreeMap::new, Collectors.toList()));
    }

    private static String found(Pattern pattern, MxMessage mail) {
        Matcher matcher = pattern.matcher(mail.text());
        assertThat(matcher.find()).as(mail.text()).isTrue();
        return matcher.group(1);
    }

    /** Copies of one queue id are the relay's; other copies come from clients that never saw their 250 and sent again. */
    private static void tell(CrashClients clients, List<MxMessage> arrived, Duration time) {
        long queueIds =
                arrived.stream().map(mail -> found(QUEUE_ID, mail)).distinct().count();
        System.out.printf(
                "crash campaign: seed %d, %d mails, %d kills, %d connections broken, %d sent again by clients, %d arrivals, %d copies (%d of one queue id), "
                        + "%d ms%n",
                SEED,
                MAILS,
                KILLS,
                clients.broken(),
                clients.sentAgain(),
                arrived.size(),
                arrived.size() - byTestId(arrived).size(),
                arrived.size() - queueIds,
                time.toMillis());
    }
}
