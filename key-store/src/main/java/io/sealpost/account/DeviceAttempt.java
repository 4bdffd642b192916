package io.sealpost.account;

import io.sealpost.mail.EmailAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A client that begins a mail without a login: perhaps a device that is known by its network.
 *
 * @param origin where it is
 * @param sender MAIL's reverse-path; empty is {@code <>}
 * @param helo what it calls itself
 * @param tls version and suite
 */
public record DeviceAttempt(Origin origin, Optional<EmailAddress> sender, String helo, Optional<String> tls) {
    /** Throws when a part is null. */
    public DeviceAttempt {
        Objects.requireNonNull(origin, "origin is null");
        Objects.requireNonNull(sender, "sender is null");
        Objects.requireNonNull(helo, "helo is null");
        Objects.requireNonNull(tls, "tls is null");
    }
}
