package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom an account may send as beside itself: one address, or any of a domain.
 *
 * @param folded the address as {@link EmailAddress#folded} gives it, or {@code *@domain}
 * @param domain the domain of either
 */
public record SenderPattern(String folded, MailDomain domain) {
    private static final String ANY = "*@";

    /** Throws when a part is null. */
    public SenderPattern {
        Objects.requireNonNull(folded, "folded is null");
        Objects.requireNonNull(domain, "domain is null");
    }

    /** Reads {@code sales@shop.example} or {@code *@shop.example}; empty when it is neither. */
    public static Optional<SenderPattern> tryParse(String text) {
        return text.startsWith(ANY)
                ? MailDomain.tryParse(text.substring(ANY.length())).map(SenderPattern::anyOf)
                : EmailAddress.tryParse(text).map(address -> new SenderPattern(address.folded(), address.domain()));
    }

    /** As {@link #tryParse}; throws IllegalArgumentException with a plain sentence when the text is no pattern. */
    public static SenderPattern parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("\"" + ForeignText.escape(text)
                        + "\" is neither an address nor all of a domain, as sales@shop.example or *@shop.example"));
    }

    /** Any address of the domain. */
    public static SenderPattern anyOf(MailDomain domain) {
        return new SenderPattern(ANY + domain.ascii(), domain);
    }

    /** Whether it lets send as this address; a tag ({@code local+tag@domain}) is another address. */
    public boolean covers(EmailAddress address) {
        return folded.equals(address.folded())
                || folded.equals(ANY + address.domain().ascii());
    }

    /** Whether it lets send as all that the other lets. */
    public boolean covers(SenderPattern other) {
        return equals(other) || (folded.startsWith(ANY) && domain.equals(other.domain));
    }

    @Override
    public String toString() {
        return folded;
    }
}
