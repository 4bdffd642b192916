package io.sealpost.relay.intake;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.QueueId;

/** What the listener answers at the end of data. */
public sealed interface IntakeResult {
    /** Stored and ours now: {@code 250 2.0.0 Ok: queued as <id>} (RFC 5321 §6.1). */
    record Accepted(QueueId id) implements IntakeResult {}

    /**
     * Not taken.
     *
     * @param code the reply code, 4xx or 5xx
     * @param status of the same class
     * @param sentence plain words for the client: what is wrong and what to do
     */
    record Rejected(int code, EnhancedStatus status, String sentence) implements IntakeResult {
        /** Throws IllegalArgumentException when code and status differ in class. */
        public Rejected {
            if (code / 100 != status.statusClass()) {
                throw new IllegalArgumentException(code + " does not go with " + status);
            }
        }
    }
}
