package io.sealpost.relay.smtp;

import io.sealpost.account.limit.OverLimit;
import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.Recipient;
import io.sealpost.relay.smtp.Arguments.PathAndParameters;
import io.sealpost.relay.smtp.MailPath.LocalName;
import io.sealpost.relay.smtp.MailPath.Mailbox;
import io.sealpost.relay.smtp.MailPath.Unusable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** RCPT (RFC 5321 §4.1.1.3). */
final class RcptCommand extends Verb {
    private static final String POSTMASTER = "postmaster";

    RcptCommand() {
        super("RCPT");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (session.transaction().isEmpty()) {
            session.reply(Reply.of(503, "5.5.1", "Say MAIL first"));
            return;
        }
        if (session.transaction().get().chunks().isPresent()) {
            session.reply(Reply.of(503, "5.5.1", "Recipients come before BDAT"));
            return;
        }
        Optional<PathAndParameters> parts = Arguments.path(argument, "TO:");
        if (parts.isEmpty()) {
            session.refuse(Reply.of(501, "5.1.3", "Write it as RCPT TO:<user@example.com>"));
        } else {
            add(session, session.transaction().get(), parts.get());
        }
    }

    private static void add(SmtpSession session, Transaction transaction, PathAndParameters parts) throws IOException {
        MailPath path = MailPath.read(parts.path());
        Optional<EmailAddress> address = recipient(session, path);
        Optional<Reply> parameterFault = parameterFault(parts.parameters());
        if (address.isEmpty()) {
            transaction.refused();
            session.refuse(unusable(path));
        } else if (parameterFault.isPresent()) {
            session.refuse(parameterFault.get());
        } else if (transaction.recipientCount()
                >= session.service().limits().message().recipients()) {
            // RFC 5321 §4.5.3.1.10: 452, so that the client sends the rest in a further message.
            session.refuse(Reply.of(452, "4.5.3", "Too many recipients; send the rest in another message"));
        } else {
            add(session, transaction, Recipient.of(address.get()));
        }
    }

    private static void add(SmtpSession session, Transaction transaction, Recipient recipient) throws IOException {
        Optional<OverLimit> over;
        try {
            over = transaction.add(recipient);
        } catch (RuntimeException e) {
            session.log().trouble("RCPT", e);
            session.reply(Reply.of(451, "4.3.0", "Limits cannot be checked now; try again later"));
            return;
        }
        if (over.isPresent()) {
            session.refuse(Reply.of(over.get()));
        } else {
            session.reply(Reply.of(250, "2.1.5", "Ok"));
        }
    }

    private static Optional<EmailAddress> recipient(SmtpSession session, MailPath path) {
        if (path instanceof Mailbox mailbox) {
            return Optional.of(mailbox.address());
        }
        if (path instanceof LocalName local && local.name().equalsIgnoreCase(POSTMASTER)) {
            return Optional.of(new EmailAddress(local.name(), session.service().hostname()));
        }
        return Optional.empty();
    }

    private static Reply unusable(MailPath path) {
        MailPath.Why why = MailPath.Why.SYNTAX;
        if (path instanceof Unusable unusable) {
            why = unusable.why();
        } else if (path instanceof LocalName) {
            why = MailPath.Why.UNQUALIFIED;
        }
        String sentence = "The recipient's address " + why.sentence();
        return why == MailPath.Why.NON_ASCII ? Reply.of(553, "5.6.7", sentence) : Reply.of(501, "5.1.3", sentence);
    }

    private static Optional<Reply> parameterFault(String text) {
        Optional<Map<String, String>> parameters = Arguments.parameters(text);
        if (parameters.isEmpty()) {
            return Optional.of(Reply.of(501, "5.5.4", "The parameters of RCPT cannot be read"));
        }
        return parameters.get().keySet().stream()
                .findFirst()
                .map(keyword -> Reply.of(555, "5.5.4", "The parameter " + keyword + " is not offered here"));
    }
}
