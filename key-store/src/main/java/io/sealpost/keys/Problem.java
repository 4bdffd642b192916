package io.sealpost.keys;

import java.util.Objects;

/**
 * Why a change was refused.
 *
 * @param kind for exit codes and status codes
 * @param sentence plain words, with what would help; printable, without a secret
 */
public record Problem(Kind kind, String sentence) {
    /** Kinds of refusals. */
    public enum Kind {
        /** What was named is not there. */
        UNKNOWN,
        /** What was to be made is there already. */
        ALREADY_THERE,
        /** The tenant does not hold the domain. */
        NOT_HELD,
        /** What was given does not do: a weak password, a broken key, a bad name. */
        UNFIT,
        /** The thing is in a state that does not allow it. */
        WRONG_STATE,
        /** The master key is missing, unfit or not the one of this database. */
        MASTER_KEY
    }

    /** Throws when a part is null. */
    public Problem {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(sentence, "sentence is null");
    }
}
