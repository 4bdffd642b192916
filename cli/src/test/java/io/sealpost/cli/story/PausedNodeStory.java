package io.sealpost.cli.story;

import static io.sealpost.fixtures.MxAction.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.fixtures.MxMessage;
import io.sealpost.fixtures.RawSmtpClient;
import io.sealpost.fixtures.TestDatabase;
import io.sealpost.keys.KeyAlgorithm;
import io.sealpost.queue.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that stood still in the middle of its work, and goes on after another node has taken that over. */
@Tag("crash")
class PausedNodeStory {
    /** At once to one site that has answered nothing yet: five are allowed. */
    private static final int MAILS = 4;

    @TempDir
    private Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private RelayUnderTest relay;
    private RelayNodes nodes;

    @BeforeEach
    void start() throws Exception {
        relay = RelayUnderTest.bare(folder, "", TestDatabase::settings);
        relay.addKeys(KeyAlgorithm.RSA);
        nodes = RelayNodes.start(relay);
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        nodes.resume(nodes.a());
        nodes.close();
        relay.close();
    }

    @Test
    void sendsNoFinalDotOnWhatAnotherNodeTookMeanwhile() throws Exception {
        relay.mx().onData(waitFor(gate)).times(MAILS);
        submit("paused", "Hi\r\n");
        await().until(() -> stalledIn("DATA") == MAILS);

        nodes.pause(nodes.a());
        awaitDelivered("paused");
        gate.countDown(); // The 354 waits for the node when it wakes.
        nodes.resume(nodes.a());

        await().until(() -> relay.mx().sessions().stream()
                .filter(session -> session.transcript().contains("C: EHLO a.office.test"))
                .allMatch(session -> session.ended()));
        assertThat(messages("paused"))
                .hasSize(MAILS)
                .allSatisfy(mail -> assertThat(RelayNodes.deliveredBy(mail)).isEqualTo("b.office.test"));
        goesOn();
    }

    @Test
    void settlesNothingThatAnotherNodeTookMeanwhile() throws Exception {
        relay.mx().onEndOfData(waitFor(gate)).times(MAILS);
        List<String> ids = submit("settled", "Hi\r\n");
        await().until(() -> relay.mx().arrivals().size() == MAILS);

        nodes.pause(nodes.a());
        awaitDelivered("settled");
        gate.countDown(); // Their 250 waits for the node when it wakes: copies that nobody could know of.
        nodes.resume(nodes.a());

        await().until(() -> messages("settled").size() == 2 * MAILS);
        goesOn();
        assertThat(ids).allSatisfy(id -> assertThat(relay.events(id)).containsOnlyOnce(JournalEntry.Kind.DELIVERY));
    }

    /** It takes mail and delivers it, as before. */
    private void goesOn() {
        submit("again", "Hi\r\n");
        awaitDelivered("again");
        await().until(() -> relay.queue().isEmpty());
    }

    private List<String> submit(String localPart, String body) {
        try (RawSmtpClient client = nodes.login(nodes.a())) {
            return java.util.stream.IntStream.range(0, MAILS)
                    .mapToObj(i -> {
                        client.say("MAIL FROM:<" + RelayUnderTest.ANNA + ">", "250")
                                .say("RCPT TO:<" + localPart + i + "@shop.test>", "250")
                                .say("DATA", "354")
                                .send((RelayUnderTest.mail(body) + "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
                        return client.reply().get(0).replaceFirst(".* ", "");
                    })
                    .toList();
        }
    }

    private void awaitDelivered(String localPart) {
        await().until(() -> messages(localPart).stream()
                        .flatMap(mail -> mail.rcptTo().stream())
                        .distinct()
                        .count()
                == MAILS);
    }

    private List<MxMessage> messages(String localPart) {
        return relay.mx().messages().stream()
                .filter(MxMessage::accepted)
                .filter(mail -> mail.rcptTo().stream().anyMatch(to -> to.startsWith(localPart)))
                .toList();
    }

    private long stalledIn(String command) {
        return relay.mx().sessions().stream()
                .filter(session -> !session.ended())
                .filter(session -> session.commands().contains(command))
                .count();
    }

    private static ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(90));
    }
}
