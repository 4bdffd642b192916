package io.sealpost.relay.dns;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * What one server said of its own.
 *
 * @param server whom we asked
 * @param answer what it said
 * @param <T> what a record holds
 */
public record ServerAnswer<T>(InetSocketAddress server, DnsAnswer<T> answer) {
    /** Throws when a part is null. */
    public ServerAnswer {
        Objects.requireNonNull(server, "server is null");
        Objects.requireNonNull(answer, "answer is null");
    }
}
