package io.sealpost.relay.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.deliver.DeliveryOutcome.Bounced;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Delivered;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyClassifierTest {
    static Stream<Arguments> replies() throws IOException {
        try (InputStream in = ReplyClassifierTest.class.getResourceAsStream("replies.txt")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s*\\|\\s*", -1))
                    .map(f -> Arguments.of(f[0], Stage.valueOf(f[1]), f[2], f[3], f[4]));
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("replies")
    void realRepliesMeanWhatTheyMean(String origin, Stage stage, String reply, String outcome, String reason) {
        DeliveryOutcome classified = ReplyClassifier.classify(stage, reply(stage, reply));
        assertThat(classified.getClass().getSimpleName() + " " + reason(classified))
                .isEqualTo((outcome + " " + reason));
        assertThat(classified.reply().text()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"CONNECT", "GREETING", "EHLO", "STARTTLS"})
    void nothingBeforeMailEndsADelivery(Stage stage) {
        for (int code = 200; code < 600; code++) {
            RemoteReply reply =
                    new RemoteReply("mx", stage.command(), code, EnhancedStatus.leading("5.1.1"), "user unknown");
            assertThat(ReplyClassifier.classify(stage, reply)).isInstanceOf(Deferred.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void onlyA5xxEndsADeliveryAndOnlyA2xxAtTheEndDelivers(Stage stage) {
        for (int code = 200; code < 500; code++) {
            RemoteReply reply =
                    new RemoteReply("mx", stage.command(), code, EnhancedStatus.leading("5.1.1"), "no such user");
            DeliveryOutcome outcome = ReplyClassifier.classify(stage, reply);
            assertThat(outcome).isNotInstanceOf(Bounced.class);
            assertThat(outcome instanceof Delivered).isEqualTo(stage == Stage.END_OF_DATA && code < 300);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ROUTE, 5.1.2, Bounced, UNKNOWN_RECIPIENT",
        "ROUTE, 5.1.10, Bounced, UNKNOWN_RECIPIENT",
        "ROUTE, 5.4.4, Bounced, DNS",
        "ROUTE, 5.4.6, Bounced, DNS",
        "ROUTE, 4.4.3, Deferred, DNS",
        "CONNECT, 4.4.1, Deferred, UNREACHABLE",
        "STARTTLS, 4.7.5, Deferred, TLS",
        "MAIL, 4.4.2, Deferred, UNREACHABLE",
        "END_OF_DATA, 4.4.2, Deferred, UNREACHABLE",
        "MAIL, 5.6.7, Bounced, CONTENT",
        "DATA, 4.3.0, Deferred, INTERNAL"
    })
    void ourOwnWordsMeanWhatTheirStatusSays(Stage stage, String status, String outcome, Reason reason) {
        RemoteReply reply = RemoteReply.ownWords("mx", stage.command(), EnhancedStatus.of(status), "words");
        DeliveryOutcome classified = ReplyClassifier.classify(stage, reply);
        assertThat(classified.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(reason(classified)).isEqualTo(reason.name());
    }

    @Test
    void wordsInsideAnAddressSayNothing() {
        assertThat(ReplyWords.reason("spam.blocked@policy.test unknown thing")).isEmpty();
        assertThat(ReplyWords.reason("<greylist@x.test>: fine")).isEmpty();
    }

    @Test
    void aHugeReplyIsClassifiedInNoTime() {
        String text = "recipient " + "too many ".repeat(200) + "exceeded".repeat(20);
        RemoteReply reply = new RemoteReply("mx", "RCPT", 550, EnhancedStatus.leading(""), text);
        assertThat(ReplyClassifier.classify(Stage.RCPT, reply)).isInstanceOf(Bounced.class);
    }

    private static RemoteReply reply(Stage stage, String shown) {
        int code = Integer.parseInt(shown.substring(0, 3));
        Peer peer = new Peer("mx.test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 25));
        return new ServerReply(code, List.of(shown.substring(4))).from(peer, stage);
    }

    private static String reason(DeliveryOutcome outcome) {
        if (outcome instanceof Deferred deferred) {
            return deferred.reason().name();
        }
        return outcome instanceof Bounced bounced ? bounced.reason().name() : "";
    }
}
