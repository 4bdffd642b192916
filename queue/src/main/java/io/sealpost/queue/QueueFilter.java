package io.sealpost.queue;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which waiting deliveries are meant; parts that are empty match all. Eight parts, each an option of {@code queue list}.
 *
 * @param message one message
 * @param recipientDomain the domain of the recipient
 * @param recipient the forward-path as given
 * @param sender the reverse-path as given, {@code ""} for {@code <>}; {@code @office.example} for all of a domain
 * @param account the row of the account that submitted it
 * @param state one state
 * @param acceptedBefore accepted before this time
 * @param reason the last reply's code, its enhanced status, or words of it or of the reason of a hold
 */
public record QueueFilter(
        Optional<QueueId> message,
        Optional<MailDomain> recipientDomain,
        Optional<EmailAddress> recipient,
        Optional<String> sender,
        Optional<Long> account,
        Optional<DeliveryState> state,
        Optional<Instant> acceptedBefore,
        Optional<ReasonFilter> reason) {
    /** Everything that waits. */
    public static final QueueFilter ALL = new QueueFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** One message. */
    public static QueueFilter of(QueueId one) {
        return new QueueFilter(
                Optional.of(one),
                ALL.recipientDomain,
                ALL.recipient,
                ALL.sender,
                ALL.account,
                ALL.state,
                ALL.acceptedBefore,
                ALL.reason);
    }

    /** This, of one domain of recipients. */
    public QueueFilter withRecipientDomain(MailDomain domain) {
        return new QueueFilter(message, Optional.of(domain), recipient, sender, account, state, acceptedBefore, reason);
    }

    /** This, of one recipient. */
    public QueueFilter withRecipient(EmailAddress one) {
        return new QueueFilter(
                message, recipientDomain, Optional.of(one), sender, account, state, acceptedBefore, reason);
    }

    /** This, of one reverse-path. */
    public QueueFilter withSender(String one) {
        return new QueueFilter(
                message, recipientDomain, recipient, Optional.of(one), account, state, acceptedBefore, reason);
    }

    /** This, of one account. */
    public QueueFilter withAccount(long row) {
        return new QueueFilter(
                message, recipientDomain, recipient, sender, Optional.of(row), state, acceptedBefore, reason);
    }

    /** This, in one state. */
    public QueueFilter withState(DeliveryState one) {
        return new QueueFilter(
                message, recipientDomain, recipient, sender, account, Optional.of(one), acceptedBefore, reason);
    }

    /** This, accepted before a time. */
    public QueueFilter withAcceptedBefore(Instant time) {
        return new QueueFilter(message, recipientDomain, recipient, sender, account, state, Optional.of(time), reason);
    }

    /** This, with a reason to wait. */
    public QueueFilter withReason(ReasonFilter one) {
        return new QueueFilter(
                message, recipientDomain, recipient, sender, account, state, acceptedBefore, Optional.of(one));
    }

    /** In one line for people, as {@code domain=shop.example state=deferred}; {@code all} for everything. */
    public String shown() {
        List<String> parts = new ArrayList<>();
        message.ifPresent(one -> parts.add(one.toString()));
        recipientDomain.ifPresent(one -> parts.add("domain=" + one.ascii()));
        recipient.ifPresent(one -> parts.add("recipient=" + one));
        sender.ifPresent(one -> parts.add("sender=" + (one.isEmpty() ? "<>" : one)));
        account.ifPresent(one -> parts.add("account=" + one));
        state.ifPresent(one -> parts.add("state=" + one.name().toLowerCase(Locale.ROOT)));
        acceptedBefore.ifPresent(one -> parts.add("before=" + one));
        reason.ifPresent(one -> parts.add("reason=" + one.text()));
        return parts.isEmpty() ? "all" : ForeignText.escape(String.join(" ", parts));
    }
}
