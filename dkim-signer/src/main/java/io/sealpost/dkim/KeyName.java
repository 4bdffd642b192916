package io.sealpost.dkim;

import java.util.Locale;

/**
 * Where the key of a signature stands in the DNS (RFC 6376 §3.6.2.1).
 *
 * @param domain {@code d=}, lower case
 * @param selector {@code s=}, lower case
 */
public record KeyName(String domain, String selector) {
    private static final String INFIX = "._domainkey.";
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Throws IllegalArgumentException when a part is no name of labels of letters, digits, hyphens and underscores, or the name of the
     * record is longer than the DNS takes.
     */
    public KeyName {
        if (!isKeyName(domain, selector)) {
            throw new IllegalArgumentException("not names for a signature's d= and s=");
        }
        domain = domain.toLowerCase(Locale.ROOT);
        selector = selector.toLowerCase(Locale.ROOT);
    }

    /** Whether a key could stand under these names. */
    static boolean isKeyName(String domain, String selector) {
        return isName(domain)
                && isName(selector)
                && selector.length() + INFIX.length() + domain.length() <= LONGEST_NAME;
    }

    /** Whether this is one or more labels with dots between; A-labels only. */
    static boolean isName(String text) {
        int label = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
            } else if (!isLabelCharacter(c) || ++label > LONGEST_LABEL) {
                return false;
            }
        }
        return label > 0 && text.length() <= LONGEST_NAME;
    }

    /** Whether {@code name} is {@code domain} or below it; without case. */
    static boolean isWithin(String name, String domain) {
        int start = name.length() - domain.length();
        return start >= 0
                && name.regionMatches(true, start, domain, 0, domain.length())
                && (start == 0 || name.charAt(start - 1) == '.');
    }

    private static boolean isLabelCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    /** The name of the TXT record. */
    @Override
    public String toString() {
        return selector + INFIX + domain;
    }
}
