package io.sealpost.relay.authorise;

import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The header of a message as a list of fields (RFC 5322 §2.2); the body is never read. Immutable.
 *
 * <p>Strict: every line is a field or its continuation. A blank before the colon (obsolete, §4.5.8) is refused, since not every
 * program sees the same field name there.
 */
public final class MessageHeader implements HeaderReading {
    private static final int BLOCK = 8192;

    private final List<HeaderField> fields;
    private final byte[] bytes;

    private MessageHeader(List<HeaderField> fields, byte[] bytes) {
        this.fields = List.copyOf(fields);
        this.bytes = bytes;
    }

    /**
     * Reads the header of a message.
     *
     * @param limit bytes at most, the empty line not counted
     * @throws IOException when the content cannot be read
     */
    public static HeaderReading read(Content content, int limit) throws IOException {
        byte[] seen = new byte[BLOCK];
        int size = 0;
        int end = -1;
        try (InputStream in = content.open()) {
            while (end < 0 && size <= limit) {
                if (size == seen.length) {
                    seen = Arrays.copyOf(seen, 2 * size);
                }
                int n = in.read(seen, size, seen.length - size);
                if (n < 0) {
                    break;
                }
                int from = Math.max(0, size - 3);
                size += n;
                end = endOfHeader(seen, from, size);
            }
        }
        int length = end < 0 ? size : end;
        return length > limit ? new TooLong(limit) : parse(Arrays.copyOf(seen, length));
    }

    /** All fields, in order. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** The fields of that name, in any case, in order; empty when there is none. */
    public List<HeaderField> named(String name) {
        return fields.stream().filter(field -> field.is(name)).toList();
    }

    /**
     * The fields with another From: what stood there goes to Reply-To, byte for byte, or to X-Original-From where there is a Reply-To
     * already. {@link #length} and {@link #bytes} stay those of the message as it came.
     */
    public MessageHeader withFrom(EmailAddress address) {
        List<HeaderField> edited = new ArrayList<>();
        for (HeaderField field : fields) {
            if (field.is("From")) {
                edited.add(HeaderField.of("From", (" " + address).getBytes(StandardCharsets.UTF_8)));
                edited.add(HeaderField.of(named("Reply-To").isEmpty() ? "Reply-To" : "X-Original-From", field.body()));
            } else {
                edited.add(field);
            }
        }
        return new MessageHeader(edited, bytes);
    }

    /** Bytes from the start of the message to the empty line, which is not counted. */
    public int length() {
        return bytes.length;
    }

    /** The fields as they came, without the empty line; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The offset of the empty line; −1 when there is none among the bytes. */
    private static int endOfHeader(byte[] bytes, int from, int size) {
        if (size >= 2 && bytes[0] == '\r' && bytes[1] == '\n') {
            return 0;
        }
        for (int i = from; i + 3 < size; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }

    private static HeaderReading parse(byte[] bytes) {
        List<HeaderField> fields = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = endOfField(bytes, start);
            int colon = colon(bytes, start);
            if (end < 0 || colon < 0) {
                return new Malformed(fields.size() + 1);
            }
            String name = new String(bytes, start, colon - start, StandardCharsets.US_ASCII);
            fields.add(new HeaderField(name, Arrays.copyOfRange(bytes, start, end)));
            start = end;
        }
        return new MessageHeader(fields, bytes);
    }

    /** Behind the CRLF that no blank follows; −1 for a NUL, a bare CR, a bare LF or no CRLF at all. */
    private static int endOfField(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == 0 || bytes[i] == '\n') {
                return -1;
            }
            if (bytes[i] == '\r') {
                if (i + 1 == bytes.length || bytes[i + 1] != '\n') {
                    return -1;
                }
                i++;
                if (i + 1 == bytes.length || (bytes[i + 1] != ' ' && bytes[i + 1] != '\t')) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /** The colon behind a name of at least one printable ASCII character; −1 when there is none. */
    private static int colon(byte[] bytes, int start) {
        int i = start;
        while (i < bytes.length && bytes[i] > ' ' && bytes[i] < 0x7F && bytes[i] != ':') {
            i++;
        }
        return i > start && i < bytes.length && bytes[i] == ':' ? i : -1;
    }
}
