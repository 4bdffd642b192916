package io.sealpost.relay.smtp;

import java.util.Optional;

/**
 * The lines of a message's content on their way into the sink, however the client sent them. Behind the first fault nothing is kept,
 * and the client is heard to the end of its message.
 */
final class ContentLines {
    /** What makes a message unfit to be taken. */
    enum Fault {
        /** A CR that no LF follows. */
        BARE_CR("a carriage return without a line feed in it; lines end with CRLF"),
        /** An LF that no CR precedes, on a listener that refuses it. */
        BARE_LF("a line feed without a carriage return in it; lines end with CRLF"),
        /** A NUL. */
        NUL("a NUL character in it"),
        /** A line over 998 octets, on a listener that refuses it. */
        LONG_LINE("a line of more than 998 octets in it");

        private final String what;

        Fault(String what) {
            this.what = what;
        }

        Reply reply() {
            return Reply.of(554, "5.6.0", "The message has " + what);
        }
    }

    private static final int MAX_LINE = 998; // RFC 5322 §2.1.1, without the CRLF
    private static final byte[] CRLF = {'\r', '\n'};

    private final LineRules rules;
    private final BodySink out;
    private long length; // of the line so far
    private Fault fault; // the first one; null while there is none

    ContentLines(LineRules rules, BodySink out) {
        this.rules = rules;
        this.out = out;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Takes the bytes from {@code start} on that are no CR, LF or NUL; where they end. */
    int takePlainRun(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && isPlain(bytes[i])) {
            i++;
        }
        text(bytes, start, i - start);
        return i;
    }

    static boolean isPlain(byte b) {
        return b != '\r' && b != '\n' && b != 0;
    }

    /** Bytes within a line. */
    void text(byte[] bytes, int offset, int count) {
        length += count;
        if (length > MAX_LINE && rules.longLines() == LongLines.REFUSE) {
            fail(Fault.LONG_LINE);
        }
        out.write(bytes, offset, count);
    }

    /** CRLF. */
    void end() {
        out.write(CRLF, 0, 2);
        length = 0;
    }

    /** A bare LF; whether it became the end of a line. */
    boolean takeBareLf() {
        if (rules.bareLf() == BareLf.REFUSE) {
            fail(Fault.BARE_LF);
            return false;
        }
        end();
        return true;
    }

    /** Whether nothing came since the last CRLF. */
    boolean atLineStart() {
        return length == 0;
    }

    void fail(Fault found) {
        if (fault == null) {
            fault = found;
            out.discard();
        }
    }
}
