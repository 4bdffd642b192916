package io.sealpost.cli.keytrees;

import java.util.Objects;

/**
 * Something in a configuration that gives no key.
 *
 * @param what the entry, as it was written
 * @param where the file that it stands in
 * @param why in plain words, with what would help
 */
public record SkippedEntry(String what, String where, String why) {
    /** Throws when a part is null. */
    public SkippedEntry {
        Objects.requireNonNull(what, "what is null");
        Objects.requireNonNull(where, "where is null");
        Objects.requireNonNull(why, "why is null");
    }
}
