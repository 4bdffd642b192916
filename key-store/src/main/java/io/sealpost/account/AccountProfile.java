package io.sealpost.account;

import java.util.Objects;
import java.util.Optional;

/**
 * What is set of an account beside who it is.
 *
 * @param displayName the owner's name, for greetings and for From where it is rewritten
 * @param language of notices to the owner, as {@code de}; empty: the tenant's
 * @param mainPassword whether its main password opens SMTP; the tenant may forbid it too
 * @param headerFrom what becomes of a foreign From
 */
public record AccountProfile(
        Optional<String> displayName, Optional<String> language, MainPasswordUse mainPassword, HeaderFrom headerFrom) {
    /** Throws IllegalArgumentException with a plain sentence when a part does not do. */
    public AccountProfile {
        ProfileText.checkName(displayName);
        ProfileText.checkLanguage(language);
        Objects.requireNonNull(mainPassword, "mainPassword is null");
        Objects.requireNonNull(headerFrom, "headerFrom is null");
    }

    /** This under another name. */
    public AccountProfile withDisplayName(Optional<String> name) {
        return new AccountProfile(name, language, mainPassword, headerFrom);
    }

    /** This in another language. */
    public AccountProfile withLanguage(Optional<String> tag) {
        return new AccountProfile(displayName, tag, mainPassword, headerFrom);
    }

    /** This with another rule on the main password. */
    public AccountProfile withMainPassword(MainPasswordUse use) {
        return new AccountProfile(displayName, language, use, headerFrom);
    }

    /** This with another rule on From. */
    public AccountProfile withHeaderFrom(HeaderFrom rule) {
        return new AccountProfile(displayName, language, mainPassword, rule);
    }
}
