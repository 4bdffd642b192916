package io.sealpost.account;

import io.sealpost.mail.Secret;
import java.net.InetAddress;
import java.util.Objects;

/**
 * What a client presents.
 *
 * @param name the login as given, usually an address
 * @param password main or app password
 * @param client the client's address
 * @param listener the name of the listener it came to
 */
public record LoginAttempt(String name, Secret password, InetAddress client, String listener) {
    /** Throws when a part is null. */
    public LoginAttempt {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(password, "password is null");
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(listener, "listener is null");
    }

    /** Where the client is. */
    public Origin origin() {
        return new Origin(client, listener);
    }
}
