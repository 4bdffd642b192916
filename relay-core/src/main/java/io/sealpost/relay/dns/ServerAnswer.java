package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * What one server said of its own.
 *
 * @param server whom we asked
 * @param answer what it said
 * @param ttl how long it may go on saying so (RFC 2308 §5 where it is that there is nothing); zero when it does not say
 * @param <T> what a record holds
 */
public record ServerAnswer<T>(InetSocketAddress server, DnsAnswer<T> answer, Duration ttl) {
    /** Throws when a part is null. */
    public ServerAnswer {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(answer, "answer is null");
        Objects.requireNonNull(ttl, "ttl is null");
    }
}
