package io.sealpost.relay.intake;

import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One message as a client handed it over, before anything is decided about it.
 *
 * @param client who and over which connection
 * @param account who logged in
 * @param sender MAIL's reverse-path; empty is {@code <>}
 * @param options MAIL's parameters
 * @param recipients RCPT's forward-paths, in order; at least one
 * @param content the bytes after dot-unstuffing: CRLF line ends only, neither bare CR nor bare LF nor NUL
 */
public record Submission(
        ClientIdentity client,
        AuthenticatedAccount account,
        Optional<EmailAddress> sender,
        MailOptions options,
        List<Recipient> recipients,
        Content content) {
    /** Throws when a part is null or there is no recipient. */
    public Submission {
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(account, "account is null");
        Objects.requireNonNull(sender, "sender is null");
        Objects.requireNonNull(options, "options is null");
        Objects.requireNonNull(content, "content is null");
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a submission without a recipient");
        }
    }
}
