package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.CommandLine.Fit;
import io.sealpost.relay.smtp.CommandLine.Unfit;
import io.sealpost.relay.smtp.CommandLine.Why;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes command lines of bytes, however these are cut. Only CRLF ends a line that is obeyed (RFC 5321 §2.3.8); a line that LF alone
 * ends is unfit, so that nobody waits for an answer, and nothing in it is done.
 */
final class LineAssembler {
    private static final int MAX_UNFIT = 65_536;
    private static final int FIRST_CAPACITY = 128;

    private final int maxLine;
    private byte[] line = new byte[FIRST_CAPACITY];
    private int length; // of the whole line so far, also what was too long to keep
    private boolean control;
    private boolean afterCr;

    /** {@code maxLine}: octets of the longest line that is kept, with its CRLF. */
    LineAssembler(int maxLine) {
        this.maxLine = maxLine;
    }

    /** Takes bytes up to a line's end; empty when all were taken and the line goes on. */
    Optional<CommandLine> take(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (length == 0 && isForeign(b)) {
                return Optional.of(new Unfit(Why.FOREIGN));
            }
            keep(b);
            if (b == '\n') {
                return Optional.of(finish());
            }
            control |= afterCr || isControl(b);
            afterCr = b == '\r';
            if (length > MAX_UNFIT) {
                return Optional.of(new Unfit(Why.FOREIGN));
            }
        }
        return Optional.empty();
    }

    /** The first byte of a TLS, SSL 2 or RDP greeting, or the like; such a peer will never send a line. */
    private static boolean isForeign(byte b) {
        return b < ' ' && b != '\r' && b != '\n' && b != '\t';
    }

    private static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t' && b != '\r') || b == 0x7F;
    }

    private void keep(byte b) {
        if (length < maxLine) {
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(maxLine, 4 * line.length));
            }
            line[length] = b;
        }
        length++;
    }

    private CommandLine finish() {
        CommandLine result;
        if (length > maxLine) {
            result = new Unfit(Why.TOO_LONG);
        } else if (control || !afterCr) {
            result = new Unfit(Why.CONTROL_CHARACTER);
        } else {
            result = new Fit(decode(ByteBuffer.wrap(line, 0, length - 2)));
        }
        Arrays.fill(line, (byte) 0); // It may have held a password.
        line = line.length > FIRST_CAPACITY ? new byte[FIRST_CAPACITY] : line;
        length = 0;
        control = false;
        afterCr = false;
        return result;
    }

    /** UTF-8, or Latin-1 where it is not: old clients name themselves in EHLO by whatever their owner typed. */
    private static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1.decode(bytes).toString();
        }
    }
}
