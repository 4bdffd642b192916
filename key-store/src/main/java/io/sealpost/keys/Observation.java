package io.sealpost.keys;

import java.util.List;
import java.util.Objects;

/**
 * What one name server said about the TXT records of a key's name.
 *
 * @param server the server, as {@code ns1.example.net (192.0.2.1)}
 * @param role whose server it is
 * @param answer what it said
 */
public record Observation(String server, Role role, Answer answer) {
    /** Whose server it is. */
    public enum Role {
        /** One that Sealpost is configured to ask: it must show the record. */
        RESOLVER,
        /** One of the zone's: it may be away, but may not disagree. */
        AUTHORITATIVE
    }

    /** What a server said. */
    public sealed interface Answer {}

    /**
     * It answered.
     *
     * @param records the TXT records, the strings of each joined without blanks (RFC 6376 §3.6.2.2); none where there is no such name
     */
    public record Records(List<String> records) implements Answer {
        /** Copies the list. */
        public Records {
            records = List.copyOf(records);
        }
    }

    /**
     * It gave no answer that can be used.
     *
     * @param why in plain words, as {@code no answer in 5 seconds} or {@code SERVFAIL}
     */
    public record NoAnswer(String why) implements Answer {}

    /** Throws when a part is null. */
    public Observation {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(role, "role is null");
        Objects.requireNonNull(answer, "answer is null");
    }
}
