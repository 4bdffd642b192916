package io.sealpost.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size in bytes, as {@code 50M} (K, M and G are powers of 1,024).
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([KMG]?)");

    /** Throws IllegalArgumentException for a negative size. */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    /** Reads {@code 1048576}, {@code 1024K}, {@code 50M}, {@code 2G}; throws IllegalArgumentException with a plain sentence otherwise. */
    public static DataSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + ForeignText.escape(text)
                    + "\" is not a size; write a number of bytes, or one with K, M or G, as 50M");
        }
        int shift = matcher.group(2).isEmpty() ? 0 : 10 * ("KMG".indexOf(matcher.group(2)) + 1);
        return new DataSize(Long.parseLong(matcher.group(1)) << shift);
    }

    @Override
    public String toString() {
        String units = "GMK";
        for (int i = 0; i < units.length(); i++) {
            int shift = 10 * (units.length() - i);
            if (bytes > 0 && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + units.substring(i, i + 1);
            }
        }
        return Long.toString(bytes);
    }
}
