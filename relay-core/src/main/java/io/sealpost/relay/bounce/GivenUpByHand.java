package io.sealpost.relay.bounce;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.NewMessage;
import io.sealpost.queue.QueueFailing.FailedDelivery;
import io.sealpost.queue.QueueFailing.FailedMail;
import io.sealpost.queue.QueueFailing.FailureNotices;
import io.sealpost.queue.QueueFailing.Told;
import io.sealpost.relay.journal.Journal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports of what an administrator gave up, with the reason and the last word of the other side. Thread-safe. */
public final class GivenUpByHand implements FailureNotices {
    private static final EnhancedStatus STATUS =
            EnhancedStatus.of("5.0.0"); // RFC 3463 §3.1: a failure of no other kind.

    private final Notices notices;
    private final Clock clock;

    /** Made and signed by these notices. */
    public GivenUpByHand(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public Optional<Told> about(FailedMail mail) {
        Instant now = clock.instant();
        List<ReportedRecipient> told = mail.deliveries().stream()
                .filter(one -> ToldSenders.wants(mail.envelope(), one.recipient(), "FAILURE"))
                .map(one -> new ReportedRecipient(
                        one.recipient(), ReportedRecipient.Action.REFUSED, reply(one, mail.reason()), now))
                .toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        ReportedMessage about = new ReportedMessage(mail.envelope(), mail.signedPrefix(), mail.content());
        NewMessage notice = notices.report(about, told);
        return Optional.of(new Told(
                notice,
                Journal.notice(
                        mail.envelope().id(),
                        notice.envelope().id(),
                        notice.deliveries().get(0).recipient().address(),
                        now)));
    }

    private static RemoteReply reply(FailedDelivery delivery, Optional<String> reason) {
        String why = reason.map(text -> ": " + text).orElse("");
        String last = delivery.lastReply()
                .map(reply -> "; the last answer" + from(reply) + " was: " + reply.shown())
                .orElse("");
        return RemoteReply.ownWords("", "fail", STATUS, "Given up by the administrator of this server" + why + last);
    }

    private static String from(RemoteReply reply) {
        return reply.host().isEmpty() ? "" : " of " + reply.host();
    }
}
