package io.sealpost.mail;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds an address in running text, whatever its case, with tags ({@code anna+shop@office.example}) too, and no longer address that ends
 * like it. Immutable.
 */
public final class AddressMentions {
    private static final String LOCAL = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]";

    private final String atDomain;
    private final Pattern pattern;

    /** Of this address. */
    public AddressMentions(EmailAddress address) {
        String domain = address.domain().ascii();
        this.atDomain = "@" + domain.toLowerCase(Locale.ROOT);
        this.pattern = Pattern.compile(
                "(?<!" + LOCAL + ")" + Pattern.quote(address.localPart()) + "(\\+" + LOCAL + "*)?@"
                        + Pattern.quote(domain) + "(?![A-Za-z0-9-]|\\.[A-Za-z0-9])",
                Pattern.CASE_INSENSITIVE);
    }

    /** Small letters that stand in every text that may mention it, for a search that looks no closer. */
    public String hint() {
        return atDomain;
    }

    /** Whether the text mentions it. */
    public boolean in(String text) {
        return pattern.matcher(Objects.requireNonNull(text, "text is null")).find();
    }

    /** The text with another word in its place. */
    public String replacedIn(String text, String word) {
        return pattern.matcher(text).replaceAll(Matcher.quoteReplacement(word));
    }
}
