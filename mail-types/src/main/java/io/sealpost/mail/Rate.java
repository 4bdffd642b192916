package io.sealpost.mail;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many in so long, as {@code 500/h}.
 *
 * @param count at least 1
 * @param window the length of the window it counts in
 */
public record Rate(long count, Duration window) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12})/(s|m|h|d)");
    private static final Map<String, Duration> WINDOWS = Map.of(
            "s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1), "d", Duration.ofDays(1));

    /** Throws IllegalArgumentException when the count or the window is not positive. */
    public Rate {
        if (count < 1 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("a rate counts at least one in a positive time");
        }
    }

    /** Reads {@code 500/h} (units s, m, h, d); throws IllegalArgumentException with a plain sentence otherwise. */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("\"" + ForeignText.escape(text)
                    + "\" is not a rate; write a number above 0 and a unit, as 500/h (s, m, h, d)");
        }
        return new Rate(Long.parseLong(matcher.group(1)), WINDOWS.get(matcher.group(2)));
    }

    @Override
    public String toString() {
        return WINDOWS.entrySet().stream()
                .filter(unit -> unit.getValue().equals(window))
                .findFirst()
                .map(unit -> count + "/" + unit.getKey())
                .orElse(count + " in " + window);
    }
}
