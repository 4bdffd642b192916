package io.sealpost.queue.jdbc;

import io.sealpost.database.TimeOrderedIds;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewDelivery.Start;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Makes messages as intake would. */
final class MailMaker {
    static final Start LEASED = new Start.Leased();
    static final Start QUEUED = new Start.Queued();

    private final Clock clock;
    private final TimeOrderedIds ids;

    MailMaker(Clock clock, TimeOrderedIds ids) {
        this.clock = clock;
        this.ids = ids;
    }

    NewMessage to(Start start, String... recipients) {
        return with(MailOptions.NONE, content("Subject: hello\r\n\r\nbody\r\n"), start, recipients);
    }

    /** Leased, with this content. */
    NewMessage withContent(Content content, String recipient) {
        return with(MailOptions.NONE, content, LEASED, recipient);
    }

    NewMessage with(MailOptions options, Content content, Start start, String... recipients) {
        MessageEnvelope envelope = envelope(options, MessageKind.SUBMITTED, Optional.of("a@sender.example"));
        List<NewDelivery> deliveries = Stream.of(recipients)
                .map(address ->
                        new NewDelivery(new DeliveryId(ids.next()), Recipient.of(EmailAddress.parse(address)), start))
                .toList();
        return new NewMessage(envelope, prefix("prefix"), content, deliveries, List.of(reception(envelope)));
    }

    /** Waits for a claim; of this account. */
    NewMessage from(OptionalLong account, MailOptions options, String recipient) {
        NewMessage usual = with(options, content("Subject: hello\r\n\r\nbody\r\n"), QUEUED, recipient);
        MessageEnvelope envelope = new MessageEnvelope(
                usual.envelope().id(),
                new Origin(7, account, OptionalLong.empty()),
                usual.envelope().sender(),
                options,
                MessageKind.SUBMITTED,
                usual.envelope().received(),
                usual.envelope().expires());
        return new NewMessage(
                envelope, usual.signedPrefix(), usual.content(), usual.deliveries(), List.of(reception(envelope)));
    }

    /** A notice to the sender, from nobody. */
    NewMessage notice() {
        return notice(content("failed\r\n"));
    }

    NewMessage notice(Content content) {
        MessageEnvelope envelope = envelope(MailOptions.NONE, MessageKind.NOTICE, Optional.empty());
        NewDelivery delivery = new NewDelivery(
                new DeliveryId(ids.next()), Recipient.of(EmailAddress.parse("a@sender.example")), QUEUED);
        return new NewMessage(envelope, prefix("notice"), content, List.of(delivery), List.of(reception(envelope)));
    }

    MessageEnvelope envelope(MailOptions options, MessageKind kind, Optional<String> sender) {
        return new MessageEnvelope(
                new QueueId(ids.next()),
                new Origin(7, OptionalLong.of(11), OptionalLong.of(13)),
                sender.map(EmailAddress::parse),
                options,
                kind,
                clock.instant(),
                clock.instant().plus(Duration.ofDays(5)));
    }

    static SignedPrefix prefix(String text) {
        return new SignedPrefix((text + "\r\n").getBytes(StandardCharsets.US_ASCII), List.of(17L, 18L));
    }

    static Content content(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static JournalEntry reception(MessageEnvelope envelope) {
        return new JournalEntry(
                envelope.received(), envelope.id(), JournalEntry.Kind.RECEPTION, Map.of("login", "a@sender.example"));
    }
}
