package io.sealpost.relay.journal;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.DeliveryResult;
import java.time.Duration;

/**
 * How an attempt for one recipient ended, as log and journal tell it.
 *
 * @param message the message's id
 * @param recipient whom
 * @param relay {@code mx.example[192.0.2.1]:25} or {@code none}
 * @param delays where the time went
 * @param result what is written to the queue
 */
public record AttemptLine(QueueId message, EmailAddress recipient, String relay, Delays delays, DeliveryResult result) {
    /**
     * Postfix's four parts of a message's age.
     *
     * @param before from reception to this claim
     * @param queue from the claim to the connection
     * @param connection connect, EHLO and TLS
     * @param transmission MAIL to the last reply
     */
    public record Delays(Duration before, Duration queue, Duration connection, Duration transmission) {
        /** All four. */
        public Duration total() {
            return before.plus(queue).plus(connection).plus(transmission);
        }

        /** {@code 0.01/0.02/0.78/1.4}, in seconds. */
        @Override
        public String toString() {
            return MailLog.seconds(before) + "/" + MailLog.seconds(queue) + "/" + MailLog.seconds(connection) + "/"
                    + MailLog.seconds(transmission);
        }
    }

    /** The status of the reply, else the class that the result means: {@code 2.0.0}, {@code 4.0.0}, {@code 5.0.0}. */
    public EnhancedStatus dsn() {
        return result.reply().status().orElseGet(() -> new EnhancedStatus(statusClass(), 0, 0));
    }

    private int statusClass() {
        if (result instanceof DeliveryResult.Ended ended) {
            return switch (ended.end()) {
                case DELIVERED -> 2;
                case BOUNCED, EXPIRED, CANCELLED -> 5;
            };
        }
        return 4;
    }
}
