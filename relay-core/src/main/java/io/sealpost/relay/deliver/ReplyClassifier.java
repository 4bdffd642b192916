package io.sealpost.relay.deliver;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.deliver.DeliveryOutcome.Bounced;
import io.sealpost.relay.deliver.DeliveryOutcome.Deferred;
import io.sealpost.relay.deliver.DeliveryOutcome.Delivered;
import io.sealpost.relay.deliver.DeliveryOutcome.Reason;
import java.util.Locale;
import java.util.Set;

/**
 * What a reply means for the recipients it is about. Pure; the one place that decides it.
 *
 * <ol>
 *   <li>Delivered is a 2xx to the end of data and nothing else.
 *   <li>What happens before MAIL is the host's trouble with us: always temporary for the message, whatever its code says.
 *   <li>4xx is temporary. 5xx is permanent, but for those that say "I do not understand you" (500, 502, 503, 504, 555: something
 *       between us and the host, no word about the recipient), "too many recipients" by 552 (RFC 5321 §4.5.3.1.10), and greylisting,
 *       which contradicts itself.
 *   <li>Anything else is unknown trouble, which is temporary.
 * </ol>
 */
public final class ReplyClassifier {
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(500, 502, 503, 504, 555);

    private ReplyClassifier() {}

    /**
     * The meaning of a reply.
     *
     * @param stage where it came; {@link Stage#ROUTE} for a router's own words
     * @param reply the host's, or ours with code 0
     */
    public static DeliveryOutcome classify(Stage stage, RemoteReply reply) {
        if (stage == Stage.END_OF_DATA && reply.isPositive()) {
            return new Delivered(reply);
        }
        Reason reason = TroubleReason.of(stage, reply);
        return isForGood(stage, reply, reason) ? new Bounced(reply, reason) : new Deferred(reply, reason);
    }

    /** Whether the host took some recipients and wants the others in a transaction of their own. */
    static boolean isTooManyRecipients(RemoteReply reply) {
        boolean said = reply.text().toLowerCase(Locale.ROOT).contains("too many recip");
        boolean status =
                reply.status().filter(s -> s.subject() == 5 && s.detail() == 3).isPresent();
        return (reply.code() == 452 || reply.code() == 552) && (said || status || TroubleReason.isBare(reply));
    }

    private static boolean isForGood(Stage stage, RemoteReply reply, Reason reason) {
        if (reply.code() == 0) {
            return reply.status().filter(status -> status.statusClass() == 5).isPresent();
        }
        if (stage.isBeforeMail() || !reply.isPermanent() || reason == Reason.GREYLISTED) {
            return false;
        }
        boolean oneTooMany = stage == Stage.RCPT && isTooManyRecipients(reply);
        return !oneTooMany && !isNotUnderstood(reply);
    }

    private static boolean isNotUnderstood(RemoteReply reply) {
        boolean protocol = reply.status().map(EnhancedStatus::subject).orElse(5) == 5;
        return NOT_UNDERSTOOD.contains(reply.code()) && protocol;
    }
}
