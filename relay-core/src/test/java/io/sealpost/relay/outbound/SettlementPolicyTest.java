package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.RetrySchedule;
import io.sealpost.relay.deliver.ConnectionFacts;
import io.sealpost.relay.deliver.DeliveryOutcome;
import io.sealpost.relay.fake.FakeNet;
import io.sealpost.relay.outbound.Decided.Tell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettlementPolicyTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-04T05:06:07Z");
    private static final RandomGenerator MIDDLE = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextDouble() {
            return 0.5;
        }
    };

    private final SettlementPolicy policy = new SettlementPolicy(
            new RetrySchedule(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1))),
            List.of(Duration.ofHours(4), Duration.ofHours(48)),
            MIDDLE);

    /** age of the message, attempts before, notices sent before → result, minutes to the next attempt, notices after, tell. */
    @ParameterizedTest
    @CsvSource({
        "PT1S,   0, 0, taken,   DELIVERED, 0, 0, NOTHING",
        "P9D,    0, 0, taken,   DELIVERED, 0, 0, NOTHING",
        "PT1S,   0, 0, unknown, BOUNCED,   0, 0, FAILED",
        "PT1S,   0, 0, later,   DEFERRED,  1, 0, NOTHING",
        "PT2M,   1, 0, later,   DEFERRED,  5, 0, NOTHING",
        "PT9M,   2, 0, later,   DEFERRED, 60, 0, NOTHING",
        "PT3H,   9, 0, later,   DEFERRED, 60, 0, NOTHING",
        "PT4H,   9, 0, later,   DEFERRED, 60, 1, DELAYED",
        "PT9H,   9, 0, later,   DEFERRED, 60, 1, DELAYED",
        "PT9H,   9, 1, later,   DEFERRED, 60, 1, NOTHING",
        "PT48H, 50, 1, later,   DEFERRED, 60, 2, DELAYED",
        "PT49H, 50, 2, later,   DEFERRED, 60, 2, NOTHING",
        "PT50H, 50, 0, later,   DEFERRED, 60, 2, DELAYED",
        "PT119H30M, 90, 2, later, DEFERRED, 30, 2, NOTHING",
        "P5D,   99, 2, later,   EXPIRED,   0, 2, FAILED",
        "P6D,   99, 2, later,   EXPIRED,   0, 2, FAILED",
    })
    void decides(Duration age, int attempts, int sent, String answer, String end, int minutes, int after, Tell tell) {
        Instant now = RECEIVED.plus(age);
        DeliveryProgress progress = new DeliveryProgress(attempts, sent, Optional.empty());
        Attempted attempted = attempted(Optional.empty(), progress, answer);
        Decided decided = policy.decide(submitted(), List.of(attempted), now).get(0);
        assertThat(decided.tell()).isEqualTo(tell);
        if (decided.result() instanceof DeliveryResult.Deferred deferred) {
            assertThat(end).isEqualTo("DEFERRED");
            assertThat(deferred.nextAt()).isEqualTo(now.plus(Duration.ofMinutes(minutes)));
            assertThat(deferred.noticesSent()).isEqualTo(after);
        } else {
            assertThat(((DeliveryResult.Ended) decided.result()).end()).hasToString(end);
        }
        assertThat(decided.attempts()).isEqualTo(attempts + 1);
    }

    /** NOTIFY → what is told of a failure at once, and of a delay after a day. */
    @ParameterizedTest
    @CsvSource({
        "'',                FAILED,  DELAYED",
        "NEVER,             NOTHING, NOTHING",
        "FAILURE,           FAILED,  NOTHING",
        "DELAY,             NOTHING, DELAYED",
        "'SUCCESS,FAILURE', FAILED,  NOTHING",
        "'FAILURE,DELAY',   FAILED,  DELAYED",
    })
    void tellsAsTheRecipientsNotifySays(String asked, Tell failure, Tell delay) {
        Optional<String> dsnNotify = Optional.of(asked).filter(text -> !text.isEmpty());
        Attempted failed = attempted(dsnNotify, DeliveryProgress.FRESH, "unknown");
        Attempted late = attempted(dsnNotify, DeliveryProgress.FRESH, "later");
        List<Decided> decided = policy.decide(submitted(), List.of(failed, late), RECEIVED.plus(Duration.ofDays(1)));
        assertThat(decided).extracting(Decided::tell).containsExactly(failure, delay);
    }

    @Test
    void tellsNobodyOfNoticesAndOfMailOfTheNullSender() {
        Attempted failed = attempted(Optional.empty(), DeliveryProgress.FRESH, "unknown");
        Attempted late = attempted(Optional.empty(), DeliveryProgress.FRESH, "later");
        for (MessageKind kind : MessageKind.values()) {
            MessageEnvelope silent = envelope(Optional.empty(), kind);
            assertThat(policy.decide(silent, List.of(failed, late), RECEIVED.plus(Duration.ofDays(1))))
                    .extracting(Decided::tell)
                    .containsOnly(Tell.NOTHING);
        }
    }

    private static Attempted attempted(Optional<String> dsnNotify, DeliveryProgress progress, String answer) {
        Lease lease = new Lease(new DeliveryId(2), new QueueId(1), 1, RECEIVED);
        Recipient recipient = new Recipient(EmailAddress.parse("you@far.example"), Optional.empty(), dsnNotify);
        DeliveryOutcome outcome = switch (answer) {
            case "taken" -> FakeNet.taken();
            case "later" -> FakeNet.later();
            default -> FakeNet.unknown();
        };
        return new Attempted(new ClaimedDelivery(lease, recipient, progress), outcome, ConnectionFacts.NONE);
    }

    private static MessageEnvelope submitted() {
        return envelope(Optional.of(EmailAddress.parse("me@ok.example")), MessageKind.SUBMITTED);
    }

    private static MessageEnvelope envelope(Optional<EmailAddress> sender, MessageKind kind) {
        return new MessageEnvelope(
                new QueueId(1),
                Origin.notice(2),
                sender,
                MailOptions.NONE,
                kind,
                RECEIVED,
                RECEIVED.plus(Duration.ofDays(5)));
    }
}
