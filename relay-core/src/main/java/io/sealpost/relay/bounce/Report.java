package io.sealpost.relay.bounce;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import java.time.Instant;
import java.util.List;

/**
 * What a report is made of.
 *
 * @param id its own
 * @param at when it is made
 * @param reporter the relay's host name
 * @param from its From
 * @param to the sender of the message that it tells of
 * @param about that message
 * @param recipients of whom it tells; at least one
 */
record Report(
        QueueId id,
        Instant at,
        MailDomain reporter,
        EmailAddress from,
        EmailAddress to,
        ReportedMessage about,
        List<ReportedRecipient> recipients) {
    boolean tells(ReportedRecipient.Action action) {
        return recipients.stream().anyMatch(recipient -> recipient.action() == action);
    }

    boolean tellsOnly(ReportedRecipient.Action action) {
        return recipients.stream().allMatch(recipient -> recipient.action() == action);
    }
}
