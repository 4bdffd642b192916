package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What all listeners together allow.
 *
 * @param message of one message
 * @param session of one session
 * @param connections open at once
 * @param bodies for the bodies that are arriving at one time
 * @param timeouts how long a client may take
 */
public record SmtpLimits(
        Message message, Session session, Connections connections, Bodies bodies, SmtpTimeouts timeouts) {
    /** The values named below. */
    public static final SmtpLimits DEFAULTS = new SmtpLimits(
            new Message(new DataSize(50L << 20), 1000),
            new Session(2048, 12_288, 20, 3, 10_000),
            new Connections(5000, 200, 100),
            new Bodies(new DataSize(64L << 20), new DataSize(1L << 20)),
            SmtpTimeouts.DEFAULTS);

    /** The same with others for messages. */
    SmtpLimits withMessages(DataSize size, int recipients) {
        return new SmtpLimits(new Message(size, recipients), session, connections, bodies, timeouts);
    }

    /** Throws when a part is null. */
    public SmtpLimits {
        Objects.requireNonNull(message, "message is null");
        Objects.requireNonNull(session, "session is null");
        Objects.requireNonNull(connections, "connections is null");
        Objects.requireNonNull(bodies, "bodies is null");
        Objects.requireNonNull(timeouts, "timeouts is null");
    }

    /** Of one message, counted as RFC 1870 does. */
    public DataSize maxMessageSize() {
        return message.size();
    }

    /**
     * Of one message.
     *
     * @param size announced by SIZE and enforced on the bytes; 50M
     * @param recipients more hear 452 4.5.3; 1,000 (RFC 5321 §4.5.3.1.8 asks for 100 at least)
     */
    public record Message(DataSize size, int recipients) {
        /** Throws IllegalArgumentException when a limit is not positive. */
        public Message {
            positive(recipients);
            positive(size);
        }
    }

    /**
     * Of one session.
     *
     * @param commandLine octets of a command line with its CRLF; 2,048
     * @param authLine the same of AUTH and of responses within it; 12,288 (RFC 4954 §4.5.3.1)
     * @param faults of protocol before 421 4.7.0; 20
     * @param loginFailures before 421 4.7.0; 3
     * @param mails transactions before 421 4.7.0, announced as MAILMAX (RFC 9422); 10,000
     */
    public record Session(int commandLine, int authLine, int faults, int loginFailures, int mails) {
        /** Throws IllegalArgumentException when a limit is not positive. */
        public Session {
            positive(commandLine, authLine, faults, loginFailures, mails);
        }
    }

    /**
     * Connections open at once.
     *
     * @param all of all listeners; more hear 421 4.3.2; 5,000
     * @param perAddress of one client's address, an IPv6 client's being its /64; more hear 421 4.7.0; 200
     * @param perAccount logged in; more hear 454 4.7.0 at AUTH; 100
     */
    public record Connections(int all, int perAddress, int perAccount) {
        /** Throws IllegalArgumentException when a limit is not positive. */
        public Connections {
            positive(all, perAddress, perAccount);
        }
    }

    /**
     * Bodies that are arriving.
     *
     * @param memory for all of them; over it 452 4.3.1; 64M
     * @param each the share of one of them, which is spooled when it is larger; 1M
     */
    public record Bodies(DataSize memory, DataSize each) {
        /** Throws IllegalArgumentException when a limit is not positive. */
        public Bodies {
            positive(memory);
            positive(each);
        }
    }

    private static void positive(int... limits) {
        if (IntStream.of(limits).anyMatch(limit -> limit <= 0)) {
            throw new IllegalArgumentException("a limit of SMTP is above 0");
        }
    }

    private static void positive(DataSize limit) {
        if (limit.bytes() == 0) {
            throw new IllegalArgumentException("a limit of SMTP is above 0");
        }
    }
}
