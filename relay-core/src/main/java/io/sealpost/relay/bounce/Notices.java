package io.sealpost.relay.bounce;

import io.sealpost.keys.KeyLookup;
import io.sealpost.keys.Keys;
import io.sealpost.mail.DeliveryId;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
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

/** Makes notices: built, signed as every mail is, ready to be stored with the settlement that they tell of. Thread-safe. */
public final class Notices {
    private static final String MAILER_DAEMON = "MAILER-DAEMON";

    private final MessageSigning signing;
    private final Keys keys;
    private final LongSupplier ids;
    private final Clock clock;
    private volatile NoticeSettings settings;

    /** {@code ids}: time-ordered ids of this node, for messages and deliveries. */
    public Notices(MessageSigning signing, Keys keys, LongSupplier ids, Clock clock, NoticeSettings settings) {
        this.signing = signing;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** From now on notices are made by these. */
    public void use(NoticeSettings changed) {
        settings = changed;
    }

    /**
     * A report to the sender of the message, from {@code MAILER-DAEMON@} the sender's domain where that has an active key, else the
     * operator's bounce domain. One that cannot be signed now is to be stored on hold.
     *
     * @param about a submitted message with a sender
     * @param recipients of whom it tells; at least one
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now which keys sign
     * @throws UncheckedIOException when the message cannot be read
     */
    public NewMessage report(ReportedMessage about, List<ReportedRecipient> recipients) {
        EmailAddress to = about.envelope()
                .sender()
                .orElseThrow(() -> new IllegalArgumentException("the null sender is never written to"));
        Origin origin = Origin.notice(about.envelope().origin().tenant());
        boolean ownKey = keys.activeFor(origin.tenant(), to.domain()) instanceof KeyLookup.ActiveKeys;
        MailDomain domain = ownKey ? to.domain() : settings.bounceDomain();
        Instant now = clock.instant();
        QueueId id = new QueueId(ids.getAsLong());
        EmailAddress from = new EmailAddress(MAILER_DAEMON, domain);
        Report report = new Report(id, now, settings.hostname(), from, to, about, recipients);
        MailOptions options = options(about.envelope().options(), to);
        MessageEnvelope envelope = new MessageEnvelope(
                id, origin, Optional.empty(), options, MessageKind.NOTICE, now, now.plus(settings.expire()));
        try {
            Words words = Words.of(options.language());
            return signed(envelope, ownKey ? origin.tenant() : Origin.OPERATOR, report, words);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private NewMessage signed(MessageEnvelope envelope, long signer, Report report, Words words) throws IOException {
        Content content = Content.of(ReportMessage.bytes(report, words));
        byte[] trace = TraceField.local(settings.hostname(), envelope.id(), envelope.received());
        SigningOutcome outcome = signing.sign(signer, report.from().domain(), trace, content);
        if (outcome instanceof SigningOutcome.Signed signed) {
            return message(envelope, signed.prefix(), content, report.to(), new NewDelivery.Start.Queued());
        }
        String reason = ((SigningOutcome.Unsigned) outcome).sentence();
        SignedPrefix unsigned = new SignedPrefix(trace, List.of());
        return message(envelope, unsigned, content, report.to(), new NewDelivery.Start.Held(reason));
    }

    private NewMessage message(
            MessageEnvelope envelope, SignedPrefix prefix, Content content, EmailAddress to, NewDelivery.Start start) {
        NewDelivery delivery = new NewDelivery(new DeliveryId(ids.getAsLong()), Recipient.of(to), start);
        return new NewMessage(envelope, prefix, content, List.of(delivery), List.of());
    }

    private static MailOptions options(MailOptions about, EmailAddress to) {
        return new MailOptions(
                MailOptions.BodyType.UNSTATED,
                new MailOptions.Extensions(to.needsSmtpUtf8(), false),
                0,
                MailOptions.DsnRequest.NONE,
                about.language(),
                Optional.empty());
    }
}
