package io.sealpost.mail;

import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many of a kind something is done with: none, all, or one in so many by chance.
 *
 * @param part from 0 (none) to 1 (all)
 */
public record Share(double part) {
    /** Of none. */
    public static final Share NONE = new Share(0);

    /** Of all. */
    public static final Share ALL = new Share(1);

    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3})?)%");

    /** Throws IllegalArgumentException outside of 0 to 1. */
    public Share {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1");
        }
    }

    /** Reads {@code off}, {@code all} or {@code 5%}; throws IllegalArgumentException with a plain sentence otherwise. */
    public static Share parse(String text) {
        if (text.equals("off")) {
            return NONE;
        }
        if (text.equals("all")) {
            return ALL;
        }
        Matcher matcher = PERCENT.matcher(text);
        double part = matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : 2;
        if (part > 1) {
            throw new IllegalArgumentException(
                    "\"" + ForeignText.escape(text) + "\" is not off, all or a share, as 5%");
        }
        return new Share(part);
    }

    /** Whether the next one is of the share; without the chance where none or all are. */
    public boolean takes(RandomGenerator chance) {
        return part == 1 || (part > 0 && chance.nextDouble() < part);
    }
}
