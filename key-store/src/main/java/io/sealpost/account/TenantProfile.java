package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * How a tenant appears to its customers; parts that are empty are the operator's.
 *
 * @param displayName greets in notices
 * @param noticeSender From of notices to its customers, of a domain that the tenant holds
 * @param link where its customers find help, an https address
 * @param language of notices, as {@code de}
 * @param mainPassword whether its accounts' main passwords open SMTP
 */
public record TenantProfile(
        Optional<String> displayName,
        Optional<EmailAddress> noticeSender,
        Optional<URI> link,
        Optional<String> language,
        MainPasswordUse mainPassword) {
    private static final int MAX_LINK = 500;

    /** Throws IllegalArgumentException with a plain sentence when a part does not do. */
    public TenantProfile {
        ProfileText.checkName(displayName);
        ProfileText.checkLanguage(language);
        Objects.requireNonNull(noticeSender, "noticeSender is null");
        Objects.requireNonNull(mainPassword, "mainPassword is null");
        if (link.filter(address -> !isWeb(address)).isPresent()) {
            throw new IllegalArgumentException(
                    "a link is an address as https://www.example.net/mail, of " + MAX_LINK + " characters at most");
        }
    }

    private static boolean isWeb(URI address) {
        return "https".equalsIgnoreCase(address.getScheme())
                && address.getHost() != null
                && address.getUserInfo() == null
                && address.toASCIIString().length() <= MAX_LINK;
    }

    /** This under another name. */
    public TenantProfile withDisplayName(Optional<String> name) {
        return new TenantProfile(name, noticeSender, link, language, mainPassword);
    }

    /** This with another sender of notices. */
    public TenantProfile withNoticeSender(Optional<EmailAddress> sender) {
        return new TenantProfile(displayName, sender, link, language, mainPassword);
    }

    /** This with another link. */
    public TenantProfile withLink(Optional<URI> address) {
        return new TenantProfile(displayName, noticeSender, address, language, mainPassword);
    }

    /** This in another language. */
    public TenantProfile withLanguage(Optional<String> tag) {
        return new TenantProfile(displayName, noticeSender, link, tag, mainPassword);
    }

    /** This with another rule on main passwords. */
    public TenantProfile withMainPassword(MainPasswordUse use) {
        return new TenantProfile(displayName, noticeSender, link, language, use);
    }
}
