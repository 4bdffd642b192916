package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client presents.
 *
 * @param name the login as given, usually an address
 * @param password main or app password
 * @param client the client's address
 * @param listener the name of the listener it came to
 * @param helo what the client calls itself
 * @param tls version and suite; empty in clear
 */
public record LoginAttempt(
        String name, Secret password, InetAddress client, String listener, String helo, Optional<String> tls) {
    /** Throws when a part is null. */
    public LoginAttempt {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(password, "password is null");
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(listener, "listener is null");
        Objects.requireNonNull(helo, "helo is null");
        Objects.requireNonNull(tls, "tls is null");
    }

    /** One of a client that has not said what it calls itself. */
    public LoginAttempt(String name, Secret password, InetAddress client, String listener) {
        this(name, password, client, listener, "", Optional.empty());
    }

    /** Where the client is. */
    public Origin origin() {
        return new Origin(client, listener);
    }
}
