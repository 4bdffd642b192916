package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * How one server answers a question that every resolver can answer, of the root.
 *
 * @param server whom we asked
 * @param answer what it said
 * @param took until the answer was there, or the time-out
 */
public record ServerHealth(InetSocketAddress server, Answer answer, Duration took) {
    /** What a server said. */
    public sealed interface Answer {
        /** It looks things up for us and has validated the answer by DNSSEC: the AD bit is set (RFC 4035 §3.2.3). */
        record Validated() implements Answer {}

        /** It looks things up for us; whether by DNSSEC it does not say. */
        record Unvalidated() implements Answer {}

        /**
         * It does not look things up for us.
         *
         * @param detail in plain words
         */
        record Failed(DnsFailure why, String detail) implements Answer {}
    }

    /** Throws when a part is null. */
    public ServerHealth {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(answer, "answer is null");
        Objects.requireNonNull(took, "took is null");
    }
}
