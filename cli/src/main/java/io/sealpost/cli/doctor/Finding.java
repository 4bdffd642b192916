package io.sealpost.cli.doctor;

import java.util.Objects;

/**
 * One thing that a check found.
 *
 * @param level how bad it is
 * @param sentence what is so, in plain words
 * @param remedy what to do about it; "" when there is nothing to do
 */
public record Finding(Level level, String sentence, String remedy) {
    /** Throws when a part is null, or when something is wrong and nobody says what to do. */
    public Finding {
        Objects.requireNonNull(level, "level is null");
        Objects.requireNonNull(sentence, "sentence is null");
        if (level != Level.OK && remedy.isBlank()) {
            throw new IllegalArgumentException("a finding without a remedy: " + sentence);
        }
    }

    static Finding ok(String sentence) {
        return new Finding(Level.OK, sentence, "");
    }

    static Finding warning(String sentence, String remedy) {
        return new Finding(Level.WARNING, sentence, remedy);
    }

    static Finding problem(String sentence, String remedy) {
        return new Finding(Level.PROBLEM, sentence, remedy);
    }

    /** Something that others are to be asked for gave no answer. */
    static Finding notLookedAt(String why) {
        return warning("not looked at: " + why, "mend that first, then run doctor again");
    }
}
