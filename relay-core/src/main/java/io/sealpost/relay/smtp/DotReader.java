package io.sealpost.relay.smtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads message data up to its end and takes the dots of transparency away (RFC 5321 §4.5.2), however the bytes are cut.
 *
 * <p>Only CRLF.CRLF ends data (§4.1.1.4), the CRLF of the DATA line counting as the first. A bare LF that is normalised ends a line of
 * the content, so that a dot stuffed behind it goes too, but never the data: a lone dot there stays content. After a bare CR, a NUL or
 * a bare LF that is refused, the rest is read to the true end and dropped.
 */
final class DotReader {
    /** What makes a message unfit to be taken. */
    enum Fault {
        /** A CR that no LF follows. */
        BARE_CR,
        /** An LF that no CR precedes, on a listener that refuses it. */
        BARE_LF,
        /** A NUL. */
        NUL
    }

    private enum State {
        TEXT,
        CR,
        LINE_START,
        DOT,
        DOT_CR,
        SOFT_LINE_START,
        SOFT_DOT,
        END
    }

    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] LONE_DOT = {'.'};

    private final BareLf bareLf;
    private final BodySink out;
    private State state = State.LINE_START;
    private Fault fault; // the first one; null while there is none

    DotReader(BareLf bareLf, BodySink out) {
        this.bareLf = bareLf;
        this.out = out;
    }

    Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** Takes bytes from an array-backed buffer; true once the end was read, and then what follows it is left in the buffer. */
    boolean take(ByteBuffer in) {
        byte[] bytes = in.array();
        int offset = in.arrayOffset();
        int end = offset + in.limit();
        int i = offset + in.position();
        while (i < end && state != State.END) {
            if (state == State.TEXT || beginsText(bytes[i])) {
                state = State.TEXT;
                int run = endOfPlainRun(bytes, i, end);
                out.write(bytes, i, run - i);
                i = run;
            }
            if (i < end) {
                state = step(bytes, i++);
            }
        }
        in.position(i - offset);
        return state == State.END;
    }

    /** An ordinary byte at the start of a line: the run that is written at once begins with it. */
    private boolean beginsText(byte b) {
        return (state == State.LINE_START || state == State.SOFT_LINE_START) && isPlain(b) && b != '.';
    }

    private static boolean isPlain(byte b) {
        return b != '\r' && b != '\n' && b != 0;
    }

    private static int endOfPlainRun(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end && isPlain(bytes[i])) {
            i++;
        }
        return i;
    }

    private State step(byte[] bytes, int at) {
        byte b = bytes[at];
        return switch (state) {
            case TEXT, END -> text(bytes, at);
            case LINE_START -> b == '.' ? State.DOT : text(bytes, at);
            case SOFT_LINE_START -> b == '.' ? State.SOFT_DOT : text(bytes, at);
            case CR -> afterCr(bytes, at);
            case DOT -> afterDot(bytes, at);
            case DOT_CR -> b == '\n' ? State.END : bareCr(bytes, at);
            case SOFT_DOT -> afterSoftDot(bytes, at);
        };
    }

    private State text(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case '\r' -> State.CR;
            case '\n' -> bareLf();
            case 0 -> fail(Fault.NUL);
            default -> keep(bytes, at);
        };
    }

    private State keep(byte[] bytes, int at) {
        out.write(bytes, at, 1);
        return State.TEXT;
    }

    private State afterCr(byte[] bytes, int at) {
        if (bytes[at] == '\n') {
            out.write(CRLF, 0, 2);
            return State.LINE_START;
        }
        return bareCr(bytes, at);
    }

    /** A CR was read, and this is no LF: the message is unfit, but CR LF . CR LF may begin with this very byte. */
    private State bareCr(byte[] bytes, int at) {
        fail(Fault.BARE_CR);
        return text(bytes, at);
    }

    private State afterDot(byte[] bytes, int at) {
        if (bytes[at] == '\r') {
            return State.DOT_CR;
        }
        if (bytes[at] == '\n') {
            out.write(LONE_DOT, 0, 1); // CR LF . LF ends nothing.
        }
        return text(bytes, at);
    }

    private State afterSoftDot(byte[] bytes, int at) {
        if (bytes[at] == '\r' || bytes[at] == '\n') {
            out.write(LONE_DOT, 0, 1); // Nor does LF . CR LF, nor LF . LF.
        }
        return text(bytes, at);
    }

    private State bareLf() {
        if (bareLf == BareLf.REFUSE) {
            return fail(Fault.BARE_LF);
        }
        out.write(CRLF, 0, 2);
        return State.SOFT_LINE_START;
    }

    private State fail(Fault found) {
        if (fault == null) {
            fault = found;
            out.discard();
        }
        return State.TEXT;
    }
}
