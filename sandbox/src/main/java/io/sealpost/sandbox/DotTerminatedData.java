package io.sealpost.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the data of a message up to CRLF.CRLF and takes the stuffed dots out, the first line's too (RFC 5321 §4.5.2). Bare CR and
 * bare LF are data like any other byte, so that they end nothing and show in what was received.
 */
final class DotTerminatedData {
    private DotTerminatedData() {}

    private enum State {
        LINE_START,
        DOT,
        DOT_CR,
        TEXT,
        CR
    }

    /**
     * Reads to the end of the data, never past it.
     *
     * @param max how many bytes to keep
     * @return the bytes; empty when there were more than {@code max}, which are read all the same
     * @throws EOFException when the peer went away before the end
     */
    static Optional<byte[]> read(InputStream in, int max) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        State state = State.LINE_START;
        boolean tooMuch = false;
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended inside the data");
            }
            if (state == State.DOT_CR && next == '\n') {
                return tooMuch ? Optional.empty() : Optional.of(bytes.toByteArray());
            }
            if (state == State.DOT_CR) {
                bytes.write('\r'); // The dot was stuffed, and the CR after it is data.
            }
            state = after(state, next);
            if (state != State.DOT && state != State.DOT_CR) {
                bytes.write(next);
            }
            if (bytes.size() > max) {
                tooMuch = true;
                bytes.reset();
            }
        }
    }

    private static State after(State state, int next) {
        return switch (next) {
            case '.' -> state == State.LINE_START ? State.DOT : State.TEXT;
            case '\r' -> state == State.DOT ? State.DOT_CR : State.CR;
            case '\n' -> state == State.CR ? State.LINE_START : State.TEXT;
            default -> State.TEXT;
        };
    }
}
