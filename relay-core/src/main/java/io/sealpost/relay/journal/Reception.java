package io.sealpost.relay.journal;

import io.sealpost.mail.EmailAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a message came in, as log and journal tell it.
 *
 * @param client {@code helo[192.0.2.1]}, as given by the client: escaped when shown
 * @param login the account's address
 * @param tls version and suite; empty in clear
 * @param messageId of the header, as given: escaped when shown
 * @param size of prefix and content in bytes
 * @param recipients in order
 */
public record Reception(
        String client, String login, Optional<String> tls, String messageId, long size, List<EmailAddress> recipients) {
    /** Throws when a part is null. */
    public Reception {
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(login, "login is null");
        Objects.requireNonNull(tls, "tls is null");
        Objects.requireNonNull(messageId, "messageId is null");
        recipients = List.copyOf(recipients);
    }
}
