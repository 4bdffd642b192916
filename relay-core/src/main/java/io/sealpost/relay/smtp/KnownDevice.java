package io.sealpost.relay.smtp;

import io.sealpost.account.DeviceAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.Origin;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.ForeignText;
import io.sealpost.relay.smtp.Arguments.PathAndParameters;
import io.sealpost.relay.smtp.MailPath.Mailbox;
import io.sealpost.relay.smtp.SmtpSession.Login;
import java.io.IOException;
import java.util.Optional;

/**
 * Printers that cannot log in: a mail without AUTH is taken where exactly one device of this network, listener and sender was made
 * known, under the same rule for TLS as everybody (RFC 2505 §1.4: trust in an address is never for more than that).
 */
final class KnownDevice {
    private static final Reply LOG_IN = Reply.of(530, "5.7.0", "Log in first");

    private KnownDevice() {}

    /** Whether the session has a login, by AUTH or as a device for this mail; answers when not. */
    static boolean orLoggedIn(SmtpSession session, Optional<PathAndParameters> parts) throws IOException {
        if (session.login().filter(login -> !login.isByNetwork()).isPresent()) {
            return true;
        }
        session.forgetLogin();
        if (!session.mayLogIn()) {
            session.refuse(LOG_IN);
            return false;
        }
        Optional<EmailAddress> sender = parts.map(PathAndParameters::path)
                .map(MailPath::read)
                .flatMap(path -> path instanceof Mailbox mailbox ? Optional.of(mailbox.address()) : Optional.empty());
        Optional<LoginResult> found = find(session, sender);
        if (found.isPresent() && found.get() instanceof Granted granted) {
            session.loggedIn(Login.byNetwork(granted.account()));
            return true;
        }
        if (found.isPresent()) {
            session.refuse(refusal(sender, ((LoginResult.Refused) found.get()).cause()));
        }
        return false;
    }

    private static Optional<LoginResult> find(SmtpSession session, Optional<EmailAddress> sender) throws IOException {
        DeviceAttempt attempt = new DeviceAttempt(
                new Origin(
                        session.connection().getInetAddress(),
                        session.context().listener().name()),
                sender,
                session.helo().orElse(""),
                session.connection().tlsDescription());
        try {
            return Optional.of(session.service().accounts().device(attempt));
        } catch (RuntimeException e) {
            session.log().trouble("MAIL", e);
            session.reply(Reply.of(451, "4.3.0", "Logins cannot be checked now; try again later"));
            return Optional.empty();
        }
    }

    private static Reply refusal(Optional<EmailAddress> sender, Cause cause) {
        if (cause != Cause.NOT_ALLOWED_HERE) {
            return LOG_IN;
        }
        String as =
                sender.map(address -> ForeignText.escape(address.toString())).orElse("<>");
        return Reply.of(
                530,
                "5.7.0",
                "Log in first; no device that is known at this address sends as " + as
                        + " (an administrator can add one: sealpost device add)");
    }
}
