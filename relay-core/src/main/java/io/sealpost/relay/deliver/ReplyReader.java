package io.sealpost.relay.deliver;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads replies (RFC 5321 §4.2), bounded whatever the host sends: lines of at most 4,096 bytes, at most 100 of them. A bare LF ends a
 * line too. Not thread-safe.
 */
final class ReplyReader {
    private static final int MAX_LINE = 4096;
    private static final int MAX_LINES = 100;

    private final InputStream in;
    private final byte[] buffer = new byte[4096];
    private int next;
    private int end;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** The next reply. Throws EOFException when the host closed, {@link Unintelligible} when it is no reply. */
    ServerReply read() throws IOException {
        List<String> lines = new ArrayList<>(1);
        int code = 0;
        while (lines.size() < MAX_LINES) {
            byte[] line = readLine();
            int lineCode = code(line);
            if (code != 0 && lineCode != code) {
                throw new Unintelligible("a reply with two codes, " + code + " and " + lineCode);
            }
            code = lineCode;
            lines.add(text(line));
            if (line.length == 3 || line[3] == ' ') {
                return new ServerReply(code, lines);
            }
        }
        throw new Unintelligible("a reply of more than " + MAX_LINES + " lines");
    }

    /** Whether bytes are there that nobody asked for. */
    boolean hasMore() throws IOException {
        return next < end || in.available() > 0;
    }

    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int b = readByte();
            if (b == '\n') {
                byte[] bytes = line.toByteArray();
                boolean cr = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
                return cr ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
            }
            if (line.size() == MAX_LINE) {
                throw new Unintelligible("a line of more than " + MAX_LINE + " bytes");
            }
            line.write(b);
        }
    }

    private int readByte() throws IOException {
        if (next == end) {
            end = Math.max(0, in.read(buffer));
            next = 0;
            if (end == 0) {
                throw new EOFException("closed by the host");
            }
        }
        return buffer[next++] & 0xFF;
    }

    private static int code(byte[] line) throws Unintelligible {
        boolean separated = line.length == 3 || (line.length > 3 && (line[3] == ' ' || line[3] == '-'));
        if (!separated || line[0] < '2' || line[0] > '5' || !isDigit(line[1]) || !isDigit(line[2])) {
            throw new Unintelligible("no reply of SMTP");
        }
        return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static String text(byte[] line) {
        int from = Math.min(4, line.length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, from, line.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(line, from, line.length - from, StandardCharsets.ISO_8859_1);
        }
    }

    /** What came is no reply. */
    static final class Unintelligible extends IOException {
        Unintelligible(String what) {
            super(what);
        }
    }
}
