package io.sealpost.relay.smtp;

import java.util.Objects;

/**
 * What a listener does with odd lines of message data. A bare CR and a NUL are refused by every listener.
 *
 * @param bareLf with a line feed that no carriage return precedes
 * @param longLines with a line of more than 998 octets
 */
public record LineRules(BareLf bareLf, LongLines longLines) {
    /** Bare LF becomes CRLF, long lines pass. */
    public static final LineRules USUAL = new LineRules(BareLf.NORMALIZE, LongLines.PASS);

    /** Throws when a part is null. */
    public LineRules {
        Objects.requireNonNull(bareLf, "bareLf is null");
        Objects.requireNonNull(longLines, "longLines is null");
    }
}
