package io.sealpost.relay.bounce;

import io.sealpost.relay.authorise.HeaderField;
import io.sealpost.relay.authorise.MessageHeader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a report gives back of the message: all of it where it is small and of seven bits, so that the report passes everywhere, else
 * its header (RFC 6522 §3, §4).
 *
 * @param type the part's media type
 * @param bytes whole lines ended by CRLF
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; handed on to the mail being built.
record OriginalPart(String type, byte[] bytes) {
    private static final int WHOLE_UP_TO = 50 * 1024;
    private static final int HEADER_UP_TO = 64 * 1024;

    /** Throws IOException when the content cannot be read. */
    static OriginalPart of(ReportedMessage message) throws IOException {
        byte[] prefix = message.signedPrefix().bytes();
        boolean asked = !message.envelope().options().dsn().ret().equals(Optional.of("HDRS"));
        if (asked && prefix.length + message.content().size() <= WHOLE_UP_TO) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(prefix);
            try (InputStream in = message.content().open()) {
                in.transferTo(whole);
            }
            if (isSevenBit(whole.toByteArray())) {
                return new OriginalPart("message/rfc822", whole.toByteArray());
            }
        }
        return new OriginalPart("text/rfc822-headers", header(message, prefix));
    }

    /** Whole fields, as many as there is room for. */
    private static byte[] header(ReportedMessage message, byte[] prefix) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(prefix);
        if (MessageHeader.read(message.content(), 32 << 20) instanceof MessageHeader fields) {
            for (HeaderField field : fields.fields()) {
                if (header.size() + field.raw().length <= HEADER_UP_TO) {
                    header.writeBytes(field.raw());
                }
            }
        }
        return header.toByteArray();
    }

    /** Seven bits and no line over 998 (RFC 2045 §2.7). */
    static boolean isSevenBit(byte[] bytes) {
        int line = 0;
        for (byte b : bytes) {
            line = b == '\n' ? 0 : line + 1;
            if (b <= 0 || line > 999) {
                return false;
            }
        }
        return true;
    }
}
