package io.sealpost.relay.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.QueueId;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class MailLogTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Lease LEASE = new Lease(new DeliveryId(8), new QueueId(7), 1, NOW);
    private static final AttemptLine.Delays DELAYS = new AttemptLine.Delays(
            Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(780), Duration.ofMillis(1400));

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("sealpost.mail");
    private final MailLog log = new MailLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void writesAnAttemptInTheShapeOfPostfix() {
        log.attempt(line(new DeliveryResult.Ended(LEASE, DeliveryResult.End.DELIVERED, reply(250, "", "ok"))));
        assertThat(written())
                .containsExactly("0000000000007: to=<a@b.example>, relay=mx.b.example[192.0.2.1]:25, delay=2.2,"
                        + " delays=0.01/0.02/0.78/1.4, dsn=2.0.0, status=sent (250 ok)");
    }

    @Test
    void namesEachResultAsTheFieldDoes() {
        log.attempt(line(new DeliveryResult.Ended(LEASE, DeliveryResult.End.BOUNCED, reply(550, "5.1.1", "no"))));
        log.attempt(line(new DeliveryResult.Ended(LEASE, DeliveryResult.End.EXPIRED, reply(450, "4.2.0", "l"))));
        log.attempt(line(new DeliveryResult.Deferred(LEASE, reply(450, "", "later"), NOW, 0)));
        log.attempt(line(new DeliveryResult.Held(LEASE, reply(450, "4.7.0", "x"), "no key")));
        assertThat(written().get(0)).contains("dsn=5.1.1, status=bounced (550 5.1.1 no)");
        assertThat(written().get(1)).contains("dsn=4.2.0, status=expired");
        assertThat(written().get(2)).contains("dsn=4.0.0, status=deferred (450 later)");
        assertThat(written().get(3)).contains("status=hold, no key");
    }

    @Test
    void tellsOfAReceptionInThreeLinesAndEscapesWhatTheClientSaid() {
        log.received(envelope(), reception());
        assertThat(written())
                .containsExactly(
                        "0000000000007: client=evil\\x0D\\x0A[192.0.2.7], sasl_username=me@ok.example",
                        "0000000000007: message-id=<1@\\x1B[2Jme>",
                        "0000000000007: from=<me@ok.example>, size=1234, nrcpt=1 (queue active)");
    }

    @Test
    void makesARowOfTheSameFacts() {
        JournalEntry row = Journal.reception(envelope(), reception());
        assertThat(row.kind()).isEqualTo(JournalEntry.Kind.RECEPTION);
        assertThat(row.fields()).containsEntry("sender", "me@ok.example").containsEntry("size", 1234L);
        JournalEntry attempt = Journal.attempt(
                envelope(), line(new DeliveryResult.Deferred(LEASE, reply(450, "4.2.0", "l\n"), NOW, 0)), 3, NOW);
        assertThat(attempt.kind()).isEqualTo(JournalEntry.Kind.TRANSIENT_FAILURE);
        assertThat(attempt.fields()).containsEntry("num_attempts", 3).containsEntry("next_attempt", NOW.toString());
        assertThat(attempt.fields().get("response").toString())
                .isEqualTo("{code=450, enhanced_code=4.2.0, content=l\\x0A, command=RCPT}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4, 0.004",
        "10, 0.01",
        "784, 0.78",
        "1400, 1.4",
        "2000, 2",
        "9960, 10",
        "12345, 12",
        "432000000, 432000",
        "-5, 0"
    })
    void showsSecondsShortly(long millis, String shown) {
        assertThat(MailLog.seconds(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    private List<String> written() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static AttemptLine line(DeliveryResult result) {
        return new AttemptLine(
                new QueueId(7), EmailAddress.parse("a@b.example"), "mx.b.example[192.0.2.1]:25", DELAYS, result);
    }

    private static RemoteReply reply(int code, String status, String text) {
        return new RemoteReply(
                "mx",
                "RCPT",
                code,
                Optional.of(status).filter(s -> !s.isEmpty()).map(EnhancedStatus::of),
                text);
    }

    private static Reception reception() {
        return new Reception(
                "evil\r\n[192.0.2.7]",
                "me@ok.example",
                Optional.empty(),
                "<1@\u001b[2Jme>",
                1234,
                List.of(EmailAddress.parse("a@b.example")));
    }

    private static MessageEnvelope envelope() {
        return new MessageEnvelope(
                new QueueId(7),
                Origin.notice(2),
                Optional.of(EmailAddress.parse("me@ok.example")),
                MailOptions.NONE,
                MessageKind.SUBMITTED,
                NOW,
                NOW);
    }
}
