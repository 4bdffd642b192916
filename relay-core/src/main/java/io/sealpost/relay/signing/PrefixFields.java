package io.sealpost.relay.signing;

import io.sealpost.queue.SignedPrefix;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a stored prefix: DKIM fields, then our Received field. Pure. */
public final class PrefixFields {
    private static final Pattern EXPIRY = Pattern.compile("[;\\s]x=(\\d{1,12})(?=[;\\s])");
    private static final String RECEIVED = "Received:";
    // A receiver may look at a signature hours after it took the mail.
    private static final Duration NEAR = Duration.ofHours(12);

    private PrefixFields() {}

    /** Whether the time of a signature ({@code x=}, RFC 6376 §3.5) is over or nearly so; false where none has any. */
    public static boolean isNearExpiry(SignedPrefix prefix, Instant now) {
        Matcher matcher = EXPIRY.matcher(text(prefix));
        while (matcher.find()) {
            if (Instant.ofEpochSecond(Long.parseLong(matcher.group(1))).isBefore(now.plus(NEAR))) {
                return true;
            }
        }
        return false;
    }

    /** Our Received field with all that follows; empty bytes when there is none. */
    static byte[] trace(SignedPrefix prefix) {
        String text = text(prefix);
        int start = text.startsWith(RECEIVED) ? 0 : text.indexOf("\r\n" + RECEIVED) + 2;
        boolean found = text.startsWith(RECEIVED, start);
        return Arrays.copyOfRange(prefix.bytes(), found ? start : prefix.bytes().length, prefix.bytes().length);
    }

    static byte[] join(byte[] fields, byte[] trace) {
        byte[] joined = Arrays.copyOf(fields, fields.length + trace.length);
        System.arraycopy(trace, 0, joined, fields.length, trace.length);
        return joined;
    }

    /** Our own fields are ASCII; one character a byte, so that offsets agree. */
    private static String text(SignedPrefix prefix) {
        return new String(prefix.bytes(), StandardCharsets.ISO_8859_1);
    }
}
