package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What all listeners together allow.
 *
 * @param maxMessageSize of one message, counted as RFC 1870 does; announced by SIZE and enforced on the bytes; 50M
 * @param maxRecipients of one message; 1,000 (RFC 5321 §4.5.3.1.8 asks for 100 at least)
 * @param maxConnections open at once; more hear 421 4.3.2; 5,000
 * @param maxFaults of protocol in one session before 421 4.7.0; 20
 * @param maxLoginFailures in one session before 421 4.7.0; 3
 * @param bodyMemory for the bodies that are arriving at one time, each at most 1 MiB of it; 64M
 * @param timeouts how long a client may take
 */
public record SmtpLimits(
        DataSize maxMessageSize,
        int maxRecipients,
        int maxConnections,
        int maxFaults,
        int maxLoginFailures,
        DataSize bodyMemory,
        SmtpTimeouts timeouts) {
    /** The values named above. */
    public static final SmtpLimits DEFAULTS =
            new SmtpLimits(new DataSize(50L << 20), 1000, 5000, 20, 3, new DataSize(64L << 20), SmtpTimeouts.DEFAULTS);

    /** The same with others for messages. */
    SmtpLimits withMessages(DataSize size, int recipients) {
        return new SmtpLimits(size, recipients, maxConnections, maxFaults, maxLoginFailures, bodyMemory, timeouts);
    }

    /** Throws IllegalArgumentException when a limit is not positive. */
    public SmtpLimits {
        Objects.requireNonNull(timeouts, "timeouts is null");
        boolean positive = IntStream.of(maxRecipients, maxConnections, maxFaults, maxLoginFailures)
                .allMatch(limit -> limit > 0);
        if (!positive || maxMessageSize.bytes() == 0 || bodyMemory.bytes() == 0) {
            throw new IllegalArgumentException("a limit of SMTP is above 0");
        }
    }
}
