package io.sealpost.queue;

import io.sealpost.mail.QueueId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a delivery stands in a listing, which goes on behind it; it stays when the delivery itself has ended.
 *
 * @param message its message
 * @param n its number in the message, from 0
 */
public record QueuePosition(QueueId message, int n) {
    private static final Pattern SHOWN = Pattern.compile("([0-9A-Za-z]{13})(?:\\.(\\d{1,6}))?");

    /** Throws IllegalArgumentException for a negative number. */
    public QueuePosition {
        if (n < 0) {
            throw new IllegalArgumentException("a delivery's number is not negative: " + n);
        }
    }

    /** Reads the shown form; a message's id alone means behind all of its deliveries. Empty when the text is none. */
    public static Optional<QueuePosition> tryParse(String text) {
        Matcher shown = SHOWN.matcher(text);
        if (!shown.matches()) {
            return Optional.empty();
        }
        int n = shown.group(2) == null ? Integer.MAX_VALUE : Integer.parseInt(shown.group(2));
        return QueueId.tryParse(shown.group(1)).map(message -> new QueuePosition(message, n));
    }

    /** {@code 0say6ykgc0000.3}. */
    @Override
    public String toString() {
        return message + "." + n;
    }
}
