package io.sealpost.keys;

import java.security.SecureRandom;
import java.util.function.Supplier;

/** Tokens of external domains: 130 random bits as 26 letters and digits that are a label in the DNS. Thread-safe. */
public final class ExternalTokens implements Supplier<String> {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String get() {
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return token.toString();
    }
}
