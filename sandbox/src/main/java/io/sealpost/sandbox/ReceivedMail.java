package io.sealpost.sandbox;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that the sandbox received and wrote down.
 *
 * @param at when its last byte had come
 * @param connection which way it came
 * @param mailFrom the envelope sender as given, "" for the null sender
 * @param rcptTo the envelope recipients as given, at least one
 * @param file where its bytes lie
 * @param size of the file in bytes
 */
public record ReceivedMail(
        Instant at, Connection connection, String mailFrom, List<String> rcptTo, Path file, long size) {
    /** Throws when a part is null. */
    public ReceivedMail {
        Objects.requireNonNull(at, "at is null");
        Objects.requireNonNull(connection, "connection is null");
        Objects.requireNonNull(mailFrom, "mailFrom is null");
        rcptTo = List.copyOf(rcptTo);
        Objects.requireNonNull(file, "file is null");
    }

    /**
     * The connection that brought a message.
     *
     * @param peer who connected
     * @param local the receiver's own end
     * @param helo what the peer called itself in EHLO or HELO
     * @param tls how it was encrypted; empty when it was not
     */
    public record Connection(InetSocketAddress peer, InetSocketAddress local, String helo, Optional<Tls> tls) {
        /** Throws when a part is null. */
        public Connection {
            Objects.requireNonNull(peer, "peer is null");
            Objects.requireNonNull(local, "local is null");
            Objects.requireNonNull(helo, "helo is null");
            Objects.requireNonNull(tls, "tls is null");
        }
    }

    /**
     * How a connection was encrypted.
     *
     * @param version as {@code TLSv1.3}
     * @param cipher as {@code TLS_AES_256_GCM_SHA384}
     */
    public record Tls(String version, String cipher) {
        /** Throws when a part is null. */
        public Tls {
            Objects.requireNonNull(version, "version is null");
            Objects.requireNonNull(cipher, "cipher is null");
        }
    }
}
