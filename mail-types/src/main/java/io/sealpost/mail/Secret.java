package io.sealpost.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** A password or the like that cannot print itself. Equality takes the same time wherever the first difference stands. */
public final class Secret {
    private final String text;

    /** Wraps the text of a secret. */
    public Secret(String text) {
        this.text = Objects.requireNonNull(text, "text is null");
    }

    /** The secret itself: for the one line that hands it to a hash, a cipher or a server. */
    public String reveal() {
        return text;
    }

    /** The secret in UTF-8; each call gives a fresh array that the caller may wipe. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8(), secret.utf8());
    }

    @Override
    public int hashCode() {
        return 0; // A hash of the text would leak it into whatever prints a table's internals.
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
