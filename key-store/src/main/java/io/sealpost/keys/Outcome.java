package io.sealpost.keys;

import java.util.Objects;

/**
 * How a change by a command ended.
 *
 * @param <T> what was made or changed
 */
public sealed interface Outcome<T> {
    /** It is done and committed. */
    record Done<T>(T value) implements Outcome<T> {
        /** Throws when the value is null. */
        public Done {
            Objects.requireNonNull(value, "value is null");
        }
    }

    /** It was not done, and nothing was changed. */
    record Refused<T>(Problem problem) implements Outcome<T> {
        /** Throws when the problem is null. */
        public Refused {
            Objects.requireNonNull(problem, "problem is null");
        }
    }

    /** It is done. */
    static <T> Outcome<T> done(T value) {
        return new Done<>(value);
    }

    /** It was refused, with a sentence for whoever asked. */
    static <T> Outcome<T> refused(Problem.Kind kind, String sentence) {
        return new Refused<>(new Problem(kind, sentence));
    }
}
