package io.sealpost.relay.smtp;

import java.nio.ByteBuffer;

/**
 * Reads message data up to its end and takes the dots of transparency away (RFC 5321 §4.5.2), however the bytes are cut.
 *
 * <p>Only CRLF.CRLF ends data (§4.1.1.4), the CRLF of the DATA line counting as the first. A bare LF that is normalised ends a line of
 * the content, so that a dot stuffed behind it goes too, but never the data: a lone dot there stays content. After a bare CR, a NUL or
 * a bare LF that is refused, the rest is read to the true end and dropped.
 */
final class DotReader {
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

    private static final byte[] LONE_DOT = {'.'};

    private final ContentLines out;
    private State state = State.LINE_START;

    DotReader(ContentLines out) {
        this.out = out;
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
                i = out.takePlainRun(bytes, i, end);
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
        return (state == State.LINE_START || state == State.SOFT_LINE_START) && ContentLines.isPlain(b) && b != '.';
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
            case 0 -> fail(ContentLines.Fault.NUL);
            default -> keep(bytes, at);
        };
    }

    private State keep(byte[] bytes, int at) {
        out.text(bytes, at, 1);
        return State.TEXT;
    }

    private State afterCr(byte[] bytes, int at) {
        if (bytes[at] == '\n') {
            out.end();
            return State.LINE_START;
        }
        return bareCr(bytes, at);
    }

    /** A CR was read, and this is no LF: the message is unfit, but CR LF . CR LF may begin with this very byte. */
    private State bareCr(byte[] bytes, int at) {
        fail(ContentLines.Fault.BARE_CR);
        return text(bytes, at);
    }

    private State afterDot(byte[] bytes, int at) {
        if (bytes[at] == '\r') {
            return State.DOT_CR;
        }
        if (bytes[at] == '\n') {
            out.text(LONE_DOT, 0, 1); // CR LF . LF ends nothing.
        }
        return text(bytes, at);
    }

    private State afterSoftDot(byte[] bytes, int at) {
        if (bytes[at] == '\r' || bytes[at] == '\n') {
            out.text(LONE_DOT, 0, 1); // Nor does LF . CR LF, nor LF . LF.
        }
        return text(bytes, at);
    }

    private State bareLf() {
        return out.takeBareLf() ? State.SOFT_LINE_START : State.TEXT;
    }

    private State fail(ContentLines.Fault found) {
        out.fail(found);
        return State.TEXT;
    }
}
