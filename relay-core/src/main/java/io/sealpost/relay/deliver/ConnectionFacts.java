package io.sealpost.relay.deliver;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Over what an attempt went, for the log's {@code relay=} and {@code delays=} and for {@code trace}.
 *
 * @param relay {@code mx.example[192.0.2.1]:25}; {@code none} when no host was reached
 * @param tls version and suite; empty when the connection was in clear or there was none
 * @param connectionSetup connect, EHLO and TLS together; zero for a kept connection
 * @param transmission MAIL to the reply to the final dot
 */
public record ConnectionFacts(String relay, Optional<String> tls, Duration connectionSetup, Duration transmission) {
    /** No host was reached. */
    public static final ConnectionFacts NONE =
            new ConnectionFacts("none", Optional.empty(), Duration.ZERO, Duration.ZERO);

    /** Throws when a part is null. */
    public ConnectionFacts {
        Objects.requireNonNull(relay, "relay is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(connectionSetup, "connectionSetup is null");
        Objects.requireNonNull(transmission, "transmission is null");
    }
}
