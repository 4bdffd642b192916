package io.sealpost.relay.smtp;

import io.sealpost.account.limit.Admission;
import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.MailOptions;
import io.sealpost.relay.smtp.Arguments.PathAndParameters;
import io.sealpost.relay.smtp.MailPath.Mailbox;
import io.sealpost.relay.smtp.MailPath.Unusable;
import java.io.IOException;
import java.util.Optional;

/** MAIL (RFC 5321 §4.1.1.2), after a login only (RFC 6409 §4.3), or from a device that an administrator made known. */
final class MailCommand extends Verb {
    MailCommand() {
        super("MAIL");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        Optional<PathAndParameters> parts = Arguments.path(argument, "FROM:");
        if (session.helo().isEmpty()) {
            session.reply(NO_GREETING);
        } else if (session.transaction().isPresent()) {
            session.reply(Reply.of(503, "5.5.1", "A transaction is open already; RSET ends it"));
        } else if (!KnownDevice.orLoggedIn(session, parts)) {
            return; // Which was said.
        } else if (session.hasHadItsMails()) {
            session.hangUp(Reply.of(
                    421, "4.7.0", session.service().hostname() + " Enough mails for one connection; connect again"));
        } else if (parts.isEmpty()) {
            session.refuse(Reply.of(501, "5.1.7", "Write it as MAIL FROM:<user@example.com>"));
        } else if (loginStands(session)) {
            begin(session, parts.get());
        }
    }

    /** Asked for each message, so that nothing goes on with a login of before while the change feed cannot be read; answers when not. */
    private static boolean loginStands(SmtpSession session) throws IOException {
        try {
            if (session.service()
                    .accounts()
                    .stillGranted(session.login().orElseThrow().account())) {
                return true;
            }
            session.withdrawLogin(); // Which is said in place of a reply to MAIL.
        } catch (RuntimeException e) {
            session.log().trouble("MAIL", e);
            session.reply(Reply.of(451, "4.3.0", "Logins cannot be checked now; try again later"));
        }
        return false;
    }

    private static void begin(SmtpSession session, PathAndParameters parts) throws IOException {
        MailPath path = MailPath.read(parts.path());
        MailParameters parameters = MailParameters.read(
                parts.parameters(), session.service().limits().maxMessageSize());
        if (path instanceof Unusable unusable) {
            session.refuse(unusableSender(unusable.why()));
        } else if (path instanceof MailPath.LocalName) {
            session.refuse(unusableSender(MailPath.Why.UNQUALIFIED));
        } else if (parameters instanceof MailParameters.Refused refused) {
            session.refuse(refused.reply());
        } else if (parameters instanceof MailParameters.Taken taken) {
            begin(session, sender(path), taken.options());
        }
    }

    private static void begin(SmtpSession session, Optional<EmailAddress> sender, MailOptions options)
            throws IOException {
        Admission admission;
        try {
            admission = session.service()
                    .sending()
                    .begin(session.login().orElseThrow().account());
        } catch (RuntimeException e) {
            session.log().trouble("MAIL", e);
            session.reply(Reply.of(451, "4.3.0", "Limits cannot be checked now; try again later"));
            return;
        }
        if (admission instanceof Admission.Exhausted exhausted) {
            session.refuse(Reply.of(exhausted.over()));
        } else if (admission instanceof Admission.Admitted admitted) {
            session.begin(new Transaction(sender, options, admitted.allowance()));
            session.reply(Reply.of(250, "2.1.0", "Ok"));
        }
    }

    private static Optional<EmailAddress> sender(MailPath path) {
        return path instanceof Mailbox mailbox ? Optional.of(mailbox.address()) : Optional.empty();
    }

    private static Reply unusableSender(MailPath.Why why) {
        String sentence = "The sender's address " + why.sentence();
        return switch (why) {
            case SYNTAX -> Reply.of(501, "5.1.7", sentence);
            case LITERAL, UNQUALIFIED -> Reply.of(501, "5.1.8", sentence);
            case NON_ASCII -> Reply.of(553, "5.6.7", sentence);
        };
    }
}
