package io.sealpost.relay.smtp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a client may take. Each is a limit for the whole of its step, so that a drip of single bytes does not stretch it.
 *
 * @param handshake for a TLS handshake, and for the header of the PROXY protocol; 30 s
 * @param login from the connection to a login that is granted; 5 min
 * @param command for one command line, from the reply before it; 5 min (RFC 5321 §4.5.3.2.7)
 * @param dataBlock for the next bytes of message data; 3 min (RFC 5321 §4.5.3.2.5)
 * @param data for all of a message's data; 1 h
 * @param session for the connection; 4 h
 * @param write for the client to take a reply; 1 min
 */
public record SmtpTimeouts(
        Duration handshake,
        Duration login,
        Duration command,
        Duration dataBlock,
        Duration data,
        Duration session,
        Duration write) {
    /** The values named above. */
    public static final SmtpTimeouts DEFAULTS = new SmtpTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(3),
            Duration.ofHours(1),
            Duration.ofHours(4),
            Duration.ofMinutes(1));

    /** Throws IllegalArgumentException when one is not positive. */
    public SmtpTimeouts {
        if (Stream.of(handshake, login, command, dataBlock, data, session, write)
                .anyMatch(t -> t.isZero() || t.isNegative())) {
            throw new IllegalArgumentException("a timeout of SMTP is above 0");
        }
    }
}
