package io.sealpost.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message as it stands: header bytes with the offsets of their fields, and a body that is read when it is hashed. Never rebuilt.
 * Immutable as long as nobody writes into the array that was handed over.
 *
 * <p>A line without a colon that is no continuation is no field: {@link #malformedLine()} names it, and it is not signed over.
 */
public final class RawMessage {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte DEL = 0x7F;

    private final byte[] header;
    private final List<HeaderField> fields;
    private final BodySource body;
    private int malformedLine = -1;

    private RawMessage(byte[] header, int headerEnd, BodySource body) {
        this.header = header;
        this.body = body;
        List<HeaderField> found = new ArrayList<>();
        for (int at = 0; at < headerEnd; ) {
            int end = fieldEnd(headerEnd, at);
            addField(found, at, withoutLineEnd(at, end));
            at = end;
        }
        this.fields = List.copyOf(found);
    }

    /** A whole message in one array; without a blank line all of it is header (RFC 5322 §2.1: the body is optional). */
    public static RawMessage of(byte[] message) {
        int headerEnd = headerEnd(message);
        int bodyStart = Math.min(message.length, headerEnd + 2);
        return new RawMessage(message, headerEnd, BodySource.of(message, bodyStart, message.length - bodyStart));
    }

    /**
     * A header in memory and a body that may be elsewhere.
     *
     * @param header fields, each ended by CRLF; what follows a blank line is ignored
     * @param body from the byte behind the blank line
     */
    public static RawMessage of(byte[] header, BodySource body) {
        return new RawMessage(header, headerEnd(header), Objects.requireNonNull(body, "body is null"));
    }

    /** The array that the fields point into. */
    public byte[] header() {
        return header;
    }

    /** The fields in their order. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** How many fields have this name, given in lower case. */
    public int count(String lowerCaseName) {
        byte[] name = SignedFields.bytes(lowerCaseName);
        return (int)
                fields.stream().filter(field -> field.isNamed(header, name)).count();
    }

    /** The body. */
    public BodySource body() {
        return body;
    }

    /** The offset of the first header line that is neither a field nor a continuation; −1 when there is none. */
    public int malformedLine() {
        return malformedLine;
    }

    /** The fields of a name from the lowest up, as RFC 6376 §5.4.2 takes them. */
    List<HeaderField> bottomUp(byte[] lowerCaseName) {
        List<HeaderField> found = new ArrayList<>(2);
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).isNamed(header, lowerCaseName)) {
                found.add(fields.get(i));
            }
        }
        return found;
    }

    /** The fields of each name, in their order; names in lower case. */
    Map<String, List<HeaderField>> fieldsByName() {
        Map<String, List<HeaderField>> byName = new HashMap<>();
        fields.forEach(field -> byName.computeIfAbsent(field.name(header), name -> new ArrayList<>(2))
                .add(field));
        return byName;
    }

    /** Behind the CRLF of the last field: at the blank line, or at the end. */
    private static int headerEnd(byte[] bytes) {
        if (bytes.length >= 2 && bytes[0] == CR && bytes[1] == LF) {
            return 0;
        }
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == CR && bytes[i + 1] == LF && bytes[i + 2] == CR && bytes[i + 3] == LF) {
                return i + 2;
            }
        }
        return bytes.length;
    }

    private int fieldEnd(int headerEnd, int from) {
        for (int i = from; i + 1 < headerEnd; i++) {
            boolean lineEnd = header[i] == CR && header[i + 1] == LF;
            if (lineEnd && (i + 2 >= headerEnd || !isBlank(header[i + 2]))) {
                return i + 2;
            }
        }
        return headerEnd;
    }

    private int withoutLineEnd(int start, int end) {
        return end - start >= 2 && header[end - 2] == CR && header[end - 1] == LF ? end - 2 : end;
    }

    private void addField(List<HeaderField> found, int start, int end) {
        int colon = start;
        while (colon < end && header[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (nameEnd > start && isBlank(header[nameEnd - 1])) {
            nameEnd--;
        }
        if (colon == end || !isName(start, nameEnd)) {
            malformedLine = malformedLine < 0 ? start : malformedLine;
            return;
        }
        found.add(new HeaderField(start, nameEnd, colon + 1, end));
    }

    /** RFC 5322 §3.6.8: printable ASCII; bytes from 0x80 up are negative here. */
    private boolean isName(int start, int end) {
        for (int i = start; i < end; i++) {
            if (header[i] <= ' ' || header[i] == DEL) {
                return false;
            }
        }
        return end > start;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}
