package io.sealpost.relay.bounce;

import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryResult;
import io.sealpost.queue.DeliveryResult.End;
import io.sealpost.queue.Recipient;
import java.time.Instant;

/**
 * A recipient of whom a report tells.
 *
 * @param recipient whom
 * @param action what became of the delivery
 * @param reply the last word of the other side, or ours
 * @param at when it was said
 */
public record ReportedRecipient(Recipient recipient, Action action, RemoteReply reply, Instant at) {
    /** What became of it (RFC 3464 §2.3.3; expiry is {@code failed} there). */
    public enum Action {
        /** Permanently refused. */
        REFUSED("failed"),
        /** Given up after its time. */
        EXPIRED("failed"),
        /** Still tried. */
        DELAYED("delayed");

        private final String field;

        Action(String field) {
            this.field = field;
        }

        /** The value of the Action field. */
        public String field() {
            return field;
        }

        /** What a result means for the report; throws IllegalArgumentException for one that nobody is told of. */
        public static Action of(DeliveryResult result) {
            if (result instanceof DeliveryResult.Deferred) {
                return DELAYED;
            }
            if (result instanceof DeliveryResult.Ended ended && ended.end() == End.BOUNCED) {
                return REFUSED;
            }
            if (result instanceof DeliveryResult.Ended ended && ended.end() == End.EXPIRED) {
                return EXPIRED;
            }
            throw new IllegalArgumentException("nobody is told of " + result);
        }
    }
}
