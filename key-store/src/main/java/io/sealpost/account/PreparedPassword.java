package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Brings a typed main password to the form in which it is hashed, whatever the keyboard made of it. */
final class PreparedPassword {
    private static final Pattern OTHER_SPACES = Pattern.compile("\\p{Zs}");

    private PreparedPassword() {}

    /** RFC 8265 §4.2.2: other spaces become a blank, then NFC; case stays. */
    static Secret of(Secret typed) {
        String spaced = OTHER_SPACES.matcher(typed.reveal()).replaceAll(" ");
        return new Secret(Normalizer.normalize(spaced, Normalizer.Form.NFC));
    }
}
