package io.sealpost.account;

import java.util.Objects;
import java.util.OptionalLong;

/** What an account logged in with; a login stands only while exactly this is there. */
public sealed interface Credential {
    /**
     * The account's main password.
     *
     * @param mark of the stored hash that it matched: another password, or the same one set again, has another mark
     */
    record Main(String mark) implements Credential {
        /** Throws when the mark is null. */
        public Main {
            Objects.requireNonNull(mark, "mark is null");
        }
    }

    /**
     * An app password.
     *
     * @param id its row
     */
    record App(long id) implements Credential {}

    /** The app password's row; empty for the main password. */
    default OptionalLong appPassword() {
        return this instanceof App app ? OptionalLong.of(app.id()) : OptionalLong.empty();
    }
}
