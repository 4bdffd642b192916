package io.sealpost.account;

import java.util.Optional;
import java.util.regex.Pattern;

/** What texts of a profile must be. */
final class ProfileText {
    private static final int MAX_NAME = 100;
    /** RFC 5646 in the form that people use: {@code de}, {@code pt-BR}, {@code zh-Hant-TW}. */
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

    private ProfileText() {}

    /** Throws IllegalArgumentException with a plain sentence when the name cannot stand in a mail. */
    static void checkName(Optional<String> name) {
        boolean fits = name.filter(text -> text.isBlank()
                        || text.length() > MAX_NAME
                        || text.codePoints().anyMatch(ProfileText::isUnsafe))
                .isEmpty();
        if (!fits) {
            throw new IllegalArgumentException(
                    "a display name has 1 to " + MAX_NAME + " printable characters, and neither '@' nor '<' nor '>'");
        }
    }

    /** Controls, and what makes a name look like an address. */
    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || "@<>".indexOf(c) >= 0;
    }

    /** Throws IllegalArgumentException with a plain sentence when the text is no language tag. */
    static void checkLanguage(Optional<String> language) {
        if (language.filter(tag -> !LANGUAGE.matcher(tag).matches()).isPresent()) {
            throw new IllegalArgumentException("a language is a tag as de, en or pt-BR (RFC 5646)");
        }
    }
}
