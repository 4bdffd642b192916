package io.sealpost.relay.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.ClaimedMessage;
import io.sealpost.queue.Content;
import io.sealpost.queue.DeliveryProgress;
import io.sealpost.queue.Lease;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class FairLineTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final FairLine<String> line = new FairLine<>();

    private void add(long account, int priority, String name) {
        MailOptions options = new MailOptions(
                MailOptions.BodyType.UNSTATED,
                MailOptions.Extensions.NONE,
                priority,
                MailOptions.DsnRequest.NONE,
                Optional.empty(),
                Optional.empty());
        MessageEnvelope envelope = new MessageEnvelope(
                new QueueId(1),
                new Origin(2, OptionalLong.of(account), OptionalLong.empty()),
                Optional.empty(),
                options,
                MessageKind.SUBMITTED,
                NOW,
                NOW);
        ClaimedDelivery delivery = new ClaimedDelivery(
                new Lease(new DeliveryId(2), new QueueId(1), 1, NOW),
                Recipient.of(EmailAddress.parse("you@far.example")),
                DeliveryProgress.FRESH);
        SignedPrefix prefix = new SignedPrefix(new byte[0], List.of());
        line.add(new ClaimedMessage(envelope, prefix, Content.of(new byte[0]), List.of(delivery)), name);
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = line.poll(owner -> true); next.isPresent(); next = line.poll(owner -> true)) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void accountsTakeTurnsEachWithItsOldest() {
        add(1, 0, "a1");
        add(1, 0, "a2");
        add(1, 0, "a3");
        add(2, 0, "b1");
        add(3, 0, "c1");
        add(2, 0, "b2");
        assertThat(line.size()).isEqualTo(6);
        assertThat(all()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
        assertThat(line.size()).isZero();
    }

    @Test
    void higherPrioritiesGoFirstAndLowerOnesAreNotForgotten() {
        for (int i = 0; i < 100; i++) {
            add(1, 5, "high");
        }
        add(2, 0, "ordinary");
        add(3, -5, "low");
        List<String> all = all();
        assertThat(all.subList(0, 3)).containsOnly("high");
        assertThat(all.indexOf("ordinary")).isEqualTo(3);
        assertThat(all.indexOf("low")).isBetween(4, 16);
    }

    @Test
    void passesOverWhoHasEnough() {
        add(1, 5, "a");
        add(2, 0, "b");
        assertThat(line.poll(owner -> owner != 1)).contains("b");
        assertThat(line.poll(owner -> owner != 1)).isEmpty();
        assertThat(line.drain()).containsExactly("a");
    }
}
