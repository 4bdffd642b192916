package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What a listener for old devices allows beyond the others, and until when.
 *
 * @param until the last day on which it is open, by the clock of this machine
 * @param clearText whether a login without TLS is taken
 * @param logins which credentials log in
 */
public record LegacyRules(LocalDate until, ClearText clearText, Logins logins) {
    /** Open connections of such a listener. */
    public static final int MAX_CONNECTIONS = 50;

    private static final int MAX_RECIPIENTS = 50;
    private static final DataSize MAX_MESSAGE = DataSize.parse("25M");

    /** Throws when a part is null. */
    public LegacyRules {
        Objects.requireNonNull(until, "until is null");
        Objects.requireNonNull(clearText, "clearText is null");
        Objects.requireNonNull(logins, "logins is null");
    }

    /** Whether passwords and mail may pass in clear. */
    public enum ClearText {
        /** Not without TLS. */
        REFUSED,
        /** With TLS or without. */
        TAKEN
    }

    /** Which credentials log in. */
    public enum Logins {
        /** Those alone that are bound to this listener by name. */
        BOUND,
        /** All. */
        ANY
    }

    /** The limits of such a listener: those of the others, or lower ones. */
    static SmtpLimits lower(SmtpLimits usual) {
        return usual.withMessages(
                new DataSize(Math.min(usual.maxMessageSize().bytes(), MAX_MESSAGE.bytes())),
                Math.min(usual.message().recipients(), MAX_RECIPIENTS));
    }
}
