package io.sealpost.mail;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address {@code local-part@domain} (RFC 5321 §4.1.2 Mailbox, with RFC 6531's UTF-8 local parts).
 *
 * <p>The local part keeps its case and, when it must be quoted, its quotes: the wire carries what was given. Compare accounts by
 * {@link #folded()}, never by this record's equality.
 *
 * @param localPart a dot-string or quoted-string, at most 64 octets of UTF-8
 * @param domain the domain in A-label form
 */
public record EmailAddress(String localPart, MailDomain domain) {
    private static final Pattern DOT_STRING = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+)*");
    private static final Pattern QUOTED_STRING =
            Pattern.compile("\"([\\x20\\x21\\x23-\\x5B\\x5D-\\x7E\\x{80}-\\x{10FFFF}]|\\\\[\\x20-\\x7E])*\"");
    private static final int MAX_LOCAL_OCTETS = 64;
    private static final int MAX_OCTETS = 254;

    /** Throws IllegalArgumentException when the local part is none. */
    public EmailAddress {
        if (!isLocalPart(localPart)) {
            throw new IllegalArgumentException("not a local part: " + ForeignText.escape(localPart));
        }
    }

    /** Reads {@code local@domain}; empty when it is no address (no domain, a literal, an unquoted blank, over 254 octets, …). */
    public static Optional<EmailAddress> tryParse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0 || octets(text) > MAX_OCTETS || !isLocalPart(text.substring(0, at))) {
            return Optional.empty();
        }
        return MailDomain.tryParse(text.substring(at + 1)).map(d -> new EmailAddress(text.substring(0, at), d));
    }

    /** As {@link #tryParse}; throws IllegalArgumentException with a plain sentence when the text is no address. */
    public static EmailAddress parse(String text) {
        return tryParse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + ForeignText.escape(text) + "\" is not an email address"));
    }

    /** The form in which accounts and senders are compared: ASCII letters of the local part in lower case. */
    public String folded() {
        StringBuilder folded =
                new StringBuilder(localPart.length() + 1 + domain.ascii().length());
        localPart.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return folded.append('@').append(domain.ascii()).toString();
    }

    /** Whether the local part has bytes outside ASCII, so that the next hop needs SMTPUTF8 (RFC 6531 §3.2). */
    public boolean needsSmtpUtf8() {
        return localPart.chars().anyMatch(c -> c > 0x7F);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain.ascii();
    }

    private static boolean isLocalPart(String text) {
        return octets(text) <= MAX_LOCAL_OCTETS
                && (DOT_STRING.matcher(text).matches()
                        || QUOTED_STRING.matcher(text).matches());
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
