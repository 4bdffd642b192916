package io.sealpost.relay.intake;

import io.sealpost.database.StoreUnavailable;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.QueueIntake;
import io.sealpost.queue.SignedPrefix;
import io.sealpost.relay.authorise.Authorisation;
import io.sealpost.relay.authorise.HeaderReading;
import io.sealpost.relay.authorise.MessageHeader;
import io.sealpost.relay.authorise.SenderAuthority;
import io.sealpost.relay.intake.IntakeSettings.WithoutKey;
import io.sealpost.relay.journal.MailLog;
import io.sealpost.relay.signing.MessageSigning;
import io.sealpost.relay.signing.SigningOutcome;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way in: authorise → trace field → sign → enqueue. Thread-safe; holds a header and at most 1 MiB of a message in memory. */
public final class MessageIntake implements Submissions {
    private static final Logger LOG = LoggerFactory.getLogger(MessageIntake.class);
    private static final IntakeResult.Rejected TRY_LATER =
            new IntakeResult.Rejected(451, EnhancedStatus.of("4.3.0"), "Not stored; try again later");

    private final SenderAuthority authority;
    private final MessageSigning signing;
    private final MessageStore store;
    private final LongSupplier ids;
    private final Clock clock;
    private volatile IntakeSettings settings;
    private final MailLog log = new MailLog();

    /**
     * Joins the steps.
     *
     * @param ids time-ordered ids of this node, for messages and deliveries
     * @param clock the database's
     */
    public MessageIntake(
            SenderAuthority authority,
            MessageSigning signing,
            QueueIntake queue,
            FreshMail fresh,
            LongSupplier ids,
            Clock clock,
            IntakeSettings settings) {
        this.authority = authority;
        this.signing = signing;
        this.store = new MessageStore(queue, fresh, ids, log);
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    /** From now on mail is taken by these. */
    public void use(IntakeSettings changed) {
        settings = changed;
    }

    @Override
    public IntakeResult accept(Submission submission) {
        IntakeResult result = guarded(submission);
        if (result instanceof IntakeResult.Rejected rejected) {
            String reply = rejected.code() + " " + rejected.status() + " " + rejected.sentence();
            log.rejected(Draft.clientOf(submission), submission.sender(), reply);
        } else {
            submission.content().release(); // What is tried from memory is a copy.
        }
        return result;
    }

    private IntakeResult guarded(Submission submission) {
        try {
            return take(submission);
        } catch (StoreUnavailable away) {
            LOG.warn("cannot take mail now: {}", away.getMessage());
        } catch (IOException broken) {
            LOG.warn("cannot read the spooled message: {}", broken.toString());
        } catch (RuntimeException bug) {
            LOG.error("a fault of our own while taking mail", bug);
        }
        return TRY_LATER;
    }

    private IntakeResult take(Submission submission) throws IOException {
        HeaderReading reading = MessageHeader.read(
                submission.content(), (int) settings.header().size().bytes());
        if (!(reading instanceof MessageHeader header)) {
            return unreadable(reading);
        }
        Authorisation authorisation = authority.check(submission.account(), submission.sender(), header);
        if (authorisation instanceof Authorisation.Refused refused) {
            return new IntakeResult.Rejected(550, refused.status(), refused.sentence());
        }
        if (header.named("Received").size() > settings.header().hops()) {
            return new IntakeResult.Rejected(
                    554, EnhancedStatus.of("5.4.6"), "Too many hops: the message goes round in a circle");
        }
        if (authorisation instanceof Authorisation.Rewritten rewritten) {
            return signAndStore(draft(
                    submission,
                    header.withFrom(rewritten.from()),
                    rewritten.from().domain()));
        }
        return signAndStore(draft(submission, header, ((Authorisation.Allowed) authorisation).domain()));
    }

    private Draft draft(Submission submission, MessageHeader header, MailDomain signer) throws IOException {
        QueueId id = new QueueId(ids.getAsLong());
        Instant now = clock.instant();
        String ownId = "<" + id + "@" + settings.hostname() + ">";
        Set<MailDomain> signers = signing.signers(submission.account().tenant(), signer);
        HeaderEdit edit = HeaderEdit.of(header, signers, TraceField.date(now), ownId);
        String messageId = header.named("Message-ID").stream()
                .findFirst()
                .map(field -> field.unfolded())
                .orElse(ownId);
        byte[] trace = TraceField.submitted(submission.client(), settings.clientTrace(), settings.hostname(), id, now);
        Instant expires = now.plus(submission.sender().isEmpty() ? settings.bounceExpire() : settings.expire());
        return new Draft(
                submission,
                signer,
                edit.applyTo(submission.content()),
                trace,
                messageId,
                Draft.envelope(submission, id, now, expires));
    }

    private IntakeResult signAndStore(Draft draft) throws IOException {
        SigningOutcome result = signing.sign(draft.tenant(), draft.signer(), draft.trace(), draft.content());
        if (result instanceof SigningOutcome.Signed signed) {
            return store.store(draft, signed.prefix(), Optional.empty());
        }
        SigningOutcome.Unsigned unsigned = (SigningOutcome.Unsigned) result;
        if (unsigned instanceof SigningOutcome.Unsignable || settings.withoutKey() == WithoutKey.REFUSE) {
            return refusal(unsigned);
        }
        return store.store(draft, new SignedPrefix(draft.trace(), List.of()), Optional.of(unsigned.sentence()));
    }

    private static IntakeResult refusal(SigningOutcome.Unsigned unsigned) {
        if (unsigned instanceof SigningOutcome.Unproved) { // The record may be back in a minute: RFC 3463 §3.8, X.7.5.
            return new IntakeResult.Rejected(451, EnhancedStatus.of("4.7.5"), unsigned.sentence());
        }
        return unsigned instanceof SigningOutcome.Unsignable
                ? new IntakeResult.Rejected(554, EnhancedStatus.of("5.6.0"), unsigned.sentence())
                : new IntakeResult.Rejected(550, EnhancedStatus.of("5.7.1"), unsigned.sentence());
    }

    private static IntakeResult unreadable(HeaderReading reading) {
        if (reading instanceof HeaderReading.TooLong tooLong) {
            return new IntakeResult.Rejected(
                    552, EnhancedStatus.of("5.3.4"), "The header is over " + tooLong.limit() + " bytes long");
        }
        int number = ((HeaderReading.Malformed) reading).number();
        return new IntakeResult.Rejected(
                550,
                EnhancedStatus.of("5.6.0"),
                "Field " + number + " of the header is none; each line is \"Name: value\" or begins with a blank");
    }
}
