package io.sealpost.relay.deliver;

import io.sealpost.queue.Recipient;
import java.util.Objects;

/**
 * What became of one recipient in one attempt.
 *
 * @param recipient whom
 * @param outcome what the replies mean
 * @param connection over what it was tried, and how long each part took
 */
public record AttemptResult(Recipient recipient, DeliveryOutcome outcome, ConnectionFacts connection) {
    /** Throws when a part is null. */
    public AttemptResult {
        Objects.requireNonNull(recipient, "recipient is null");
        Objects.requireNonNull(outcome, "outcome is null");
        Objects.requireNonNull(connection, "connection is null");
    }
}
