package io.sealpost.mail;

import java.util.OptionalLong;

/** Thirteen characters of Crockford's base 32 for a 63-bit id: no look-alikes, sorts as the number does. */
final class Base32 {
    static final int LENGTH = 13;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private Base32() {}

    static String encode(long value) {
        char[] text = new char[LENGTH];
        long rest = value;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (rest & 31));
            rest >>>= 5;
        }
        return new String(text);
    }

    /** Any case; {@code o} reads as 0, {@code i} and {@code l} as 1 (Crockford). Empty for anything else or over 63 bits. */
    static OptionalLong decode(String text) {
        if (text.length() != LENGTH) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < LENGTH; i++) {
            int digit = digit(Character.toLowerCase(text.charAt(i)));
            if (digit < 0 || (i == 0 && digit > 7)) {
                return OptionalLong.empty();
            }
            value = (value << 5) | digit;
        }
        return OptionalLong.of(value);
    }

    private static int digit(char c) {
        return switch (c) {
            case 'o' -> 0;
            case 'i', 'l' -> 1;
            default -> ALPHABET.indexOf(c);
        };
    }
}
