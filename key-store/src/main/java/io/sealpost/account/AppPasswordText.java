package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What app passwords look like: {@code k7qd-9fwm-x3hp-…}, seven groups of four from 31 letters and digits that are not mistaken for
 * one another (no i, l, o, 0, 1): 138 bits. Fit for a printer's keypad: case, blanks and hyphens do not matter.
 */
public final class AppPasswordText {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 7;
    private static final int GROUP = 4;
    private static final Pattern SHAPE = Pattern.compile("[" + ALPHABET + "]{" + GROUPS * GROUP + "}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}\\p{Pd}]+");

    private AppPasswordText() {}

    /** A fresh one. */
    public static Secret generate(SecureRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new Secret(text.toString());
    }

    /** The letters and digits alone, in lower case; empty when the text cannot be an app password. */
    public static Optional<Secret> normalise(Secret typed) {
        String text = SEPARATORS.matcher(typed.reveal()).replaceAll("").toLowerCase(Locale.ROOT);
        return SHAPE.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }
}
