package io.sealpost.keys;

import java.time.Duration;
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

    /** What is missing where there is no record. */
    public enum Missing {
        /** There is no such name (NXDOMAIN). */
        NAME,
        /** The name is there, without a TXT record. */
        TXT
    }

    /** What a server said. */
    public sealed interface Answer {}

    /**
     * It showed records.
     *
     * @param records the TXT records, at least one, the strings of each joined without blanks (RFC 6376 §3.6.2.2)
     * @param remembered how long it may go on showing them whatever the zone says; zero where that is not known
     */
    public record Records(List<String> records, Duration remembered) implements Answer {
        /** Copies the list; throws IllegalArgumentException when it is empty. */
        public Records {
            records = List.copyOf(records);
            Objects.requireNonNull(remembered, "remembered is null");
            if (records.isEmpty()) {
                throw new IllegalArgumentException("no record: that is an answer of its own");
            }
        }

        /** Of a server that does not say how long it remembers them. */
        public Records(List<String> records) {
            this(records, Duration.ZERO);
        }
    }

    /**
     * It answered that there is no TXT record.
     *
     * @param missing what is not there
     * @param remembered how long it may go on saying so (RFC 2308 §5); zero where that is not known
     */
    public record NoRecord(Missing missing, Duration remembered) implements Answer {
        /** Throws when a part is null. */
        public NoRecord {
            Objects.requireNonNull(missing, "missing is null");
            Objects.requireNonNull(remembered, "remembered is null");
        }
    }

    /**
     * It gave no answer that can be used.
     *
     * @param why in plain words, as {@code no answer in 5 seconds} or {@code SERVFAIL}
     */
    public record NoAnswer(String why) implements Answer {
        /** Throws when the reason is null. */
        public NoAnswer {
            Objects.requireNonNull(why, "why is null");
        }
    }

    /** Throws when a part is null. */
    public Observation {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(role, "role is null");
        Objects.requireNonNull(answer, "answer is null");
    }
}
