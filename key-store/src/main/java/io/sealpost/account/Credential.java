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

    /**
     * A device that is known by its network and sender, and has no password.
     *
     * @param id its row, in the table of app passwords
     */
    record Device(long id) implements Credential {}

    /** The row of the app password or device; empty for the main password. */
    default OptionalLong appPassword() {
        if (this instanceof App app) {
            return OptionalLong.of(app.id());
        }
        return this instanceof Device device ? OptionalLong.of(device.id()) : OptionalLong.empty();
    }
}
