package io.sealpost.cli.keytrees;

import io.sealpost.mail.Secret;
import java.nio.file.Path;
import java.util.Objects;

/** Where a private key lies. */
public sealed interface KeySource {
    /** A file of its own. */
    record InFile(Path file) implements KeySource {
        /** Throws when the file is null. */
        public InFile {
            Objects.requireNonNull(file, "file is null");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * In the midst of a table or an export.
     *
     * @param text the key itself
     * @param where the file that holds it
     */
    record Inline(Secret text, String where) implements KeySource {
        /** Throws when a part is null. */
        public Inline {
            Objects.requireNonNull(text, "text is null");
            Objects.requireNonNull(where, "where is null");
        }

        @Override
        public String toString() {
            return where;
        }
    }
}
