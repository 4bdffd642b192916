package io.sealpost.relay.dns;

import java.time.Duration;
import java.util.Objects;

/**
 * What a name server of a zone said of a name in it, or why it could not be asked.
 *
 * @param server whom it is about, for people: {@code ns1.example.net (192.0.2.1)}, or the zone that has no server to be found
 * @param name what was asked for: the name itself, or one that an alias led to; lower case, no trailing dot
 * @param answer what it said; {@link DnsAnswer.Failed} too when it did not speak with authority
 * @param ttl how long others may remember the answer
 */
public record AuthoritativeAnswer(String server, String name, DnsAnswer<String> answer, Duration ttl) {
    /** Throws when a part is null. */
    public AuthoritativeAnswer {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(answer, "answer is null");
        Objects.requireNonNull(ttl, "ttl is null");
    }
}
