package io.sealpost.mail;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The id of an accepted message, known to users from the 250 reply, the logs and the Received field.
 *
 * <p>A positive 63-bit number in order of time: 41 bits of milliseconds since 2020, 10 of node, 12 of counter. Shown as thirteen
 * characters of Crockford's base 32.
 *
 * @param value the number as stored; not negative
 */
public record QueueId(long value) implements Comparable<QueueId> {
    /** Throws IllegalArgumentException for a negative number. */
    public QueueId {
        if (value < 0) {
            throw new IllegalArgumentException("a queue id is not negative: " + value);
        }
    }

    /** Reads the shown form in any case; empty when the text is none. */
    public static Optional<QueueId> tryParse(String text) {
        OptionalLong value = Base32.decode(text);
        return value.isPresent() ? Optional.of(new QueueId(value.getAsLong())) : Optional.empty();
    }

    @Override
    public int compareTo(QueueId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Base32.encode(value);
    }
}
