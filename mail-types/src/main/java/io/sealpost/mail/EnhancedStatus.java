package io.sealpost.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced mail system status code, as {@code 5.1.1} (RFC 3463 §2).
 *
 * @param statusClass 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int statusClass, int subject, int detail) {
    private static final Pattern LEADING = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?=[ \\t]|$)");

    /** Throws IllegalArgumentException when a part is out of its range. */
    public EnhancedStatus {
        boolean classKnown = statusClass == 2 || statusClass == 4 || statusClass == 5;
        if (!classKnown || subject < 0 || subject > 999 || detail < 0 || detail > 999) {
            throw new IllegalArgumentException("not an enhanced status: " + statusClass + "." + subject + "." + detail);
        }
    }

    /** Reads {@code 4.7.1}; throws IllegalArgumentException for anything else. For constants of our own. */
    public static EnhancedStatus of(String text) {
        return leading(text)
                .filter(status -> status.toString().equals(text))
                .orElseThrow(() -> new IllegalArgumentException("not an enhanced status: " + ForeignText.escape(text)));
    }

    /** The status at the very start of a reply's text (RFC 2034 §4), empty when there is none. */
    public static Optional<EnhancedStatus> leading(String replyText) {
        Matcher matcher = LEADING.matcher(replyText);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(new EnhancedStatus(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))));
    }

    @Override
    public String toString() {
        return statusClass + "." + subject + "." + detail;
    }
}
