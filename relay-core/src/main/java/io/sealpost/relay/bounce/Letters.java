package io.sealpost.relay.bounce;

import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.queue.MessageKind;
import io.sealpost.queue.NewDelivery;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.Origin;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.intake.TraceField;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.signing.SigningOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes letters to owners and the operator: from {@code postmaster@} the operator's bounce domain, signed as every mail is, of no account.
 * Thread-safe.
 */
public final class Letters {
    private static final String POSTMASTER = "postmaster";

    private final MessageSigning signing;
    private final LongSupplier ids;
    private final Clock clock;
    private volatile NoticeSettings settings;

    /** {@code ids}: time-ordered ids of this node. */
    public Letters(MessageSigning signing, LongSupplier ids, Clock clock, NoticeSettings settings) {
        this.signing = signing;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** From now on letters are made by these. */
    public void use(NoticeSettings changed) {
        settings = changed;
    }

    /** Where the operator is written to, and who writes. */
    public EmailAddress postmaster() {
        return new EmailAddress(POSTMASTER, settings.bounceDomain());
    }

    /** The letter, to be stored; on hold where it cannot be signed now. */
    public NewMessage write(Letter letter) {
        Instant now = clock.instant();
        QueueId id = new QueueId(ids.getAsLong());
        MailOptions options = new MailOptions(
                MailOptions.BodyType.UNSTATED,
                new MailOptions.Extensions(letter.to().needsSmtpUtf8(), false),
                0,
                MailOptions.DsnRequest.NONE,
                letter.language(),
                Optional.empty());
        MessageEnvelope envelope = new MessageEnvelope(
                id,
                Origin.notice(Origin.OPERATOR),
                Optional.empty(),
                options,
                MessageKind.NOTICE,
                now,
                now.plus(settings.expire()));
        try {
            return signed(envelope, letter);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private NewMessage signed(MessageEnvelope envelope, Letter letter) throws IOException {
        LetterMessage.Head head = new LetterMessage.Head(
                envelope.id(), envelope.received(), settings.hostname(), postmaster(), letter.to());
        Content content = Content.of(LetterMessage.bytes(head, LetterText.of(letter, settings.hostname())));
        byte[] trace = TraceField.local(settings.hostname(), envelope.id(), envelope.received());
        SigningOutcome outcome = signing.sign(Origin.OPERATOR, settings.bounceDomain(), trace, content);
        boolean signed = outcome instanceof SigningOutcome.Signed;
        SignedPrefix prefix = signed ? ((SigningOutcome.Signed) outcome).prefix() : new SignedPrefix(trace, List.of());
        NewDelivery.Start start = signed
                ? new NewDelivery.Start.Queued()
                : new NewDelivery.Start.Held(((SigningOutcome.Unsigned) outcome).sentence());
        NewDelivery delivery = new NewDelivery(new DeliveryId(ids.getAsLong()), Recipient.of(letter.to()), start);
        return new NewMessage(envelope, prefix, content, List.of(delivery), List.of());
    }
}
