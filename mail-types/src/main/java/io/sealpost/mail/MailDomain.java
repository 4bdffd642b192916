package io.sealpost.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail domain as it stands in the DNS: lower case, A-labels, no trailing dot (RFC 5321 §2.3.5, RFC 5890 §2.3.2.1).
 *
 * <p>Two domains are equal when their A-labels are. Address literals ({@code [192.0.2.1]}) are no domains.
 *
 * @param ascii the A-label form, at most 253 octets, labels of at most 63
 */
public record MailDomain(String ascii) {
    // An underscore is no host name's, but mail domains with one exist and resolve; refusing them helps nobody.
    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final int MAX_LENGTH = 253;

    /** Takes what {@link #parse} made; throws IllegalArgumentException for anything that is not in that form. */
    public MailDomain {
        if (!isCanonical(ascii)) {
            throw new IllegalArgumentException("not a domain in A-label form: " + ForeignText.escape(ascii));
        }
    }

    /**
     * Reads a domain in any case, with U-labels or A-labels, with or without the trailing dot.
     *
     * @return empty when the text is no domain
     */
    public static Optional<MailDomain> tryParse(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        try {
            String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
            return isCanonical(ascii) ? Optional.of(new MailDomain(ascii)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As {@link #tryParse}; throws IllegalArgumentException with a plain sentence when the text is no domain. */
    public static MailDomain parse(String text) {
        return tryParse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + ForeignText.escape(text) + "\" is not a domain name"));
    }

    /** The form people read: U-labels where the domain has them. */
    public String unicode() {
        return IDN.toUnicode(ascii);
    }

    /** The parent domain ({@code b.example} of {@code a.b.example}), empty for a single label. */
    public Optional<MailDomain> parent() {
        int dot = ascii.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new MailDomain(ascii.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return ascii;
    }

    private static boolean isCanonical(String name) {
        return name.length() <= MAX_LENGTH && LABELS.matcher(name).matches();
    }
}
