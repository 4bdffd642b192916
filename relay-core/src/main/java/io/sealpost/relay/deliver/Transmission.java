package io.sealpost.relay.deliver;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Content;
import io.sealpost.queue.MailOptions;
import io.sealpost.queue.Recipient;
import io.sealpost.queue.SignedPrefix;
import java.util.List;
import java.util.Optional;

/**
 * One message on its way to one site.
 *
 * @param id for logs
 * @param sender MAIL's reverse-path; empty is {@code <>}
 * @param options what the submitter asked for
 * @param recipients at least one, all of the route's site
 * @param prefix goes in front of the content
 * @param content CRLF line ends only
 */
public record Transmission(
        QueueId id,
        Optional<EmailAddress> sender,
        MailOptions options,
        List<Recipient> recipients,
        SignedPrefix prefix,
        Content content) {
    /** Throws IllegalArgumentException without a recipient. */
    public Transmission {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("a transmission without a recipient");
        }
    }
}
