package io.sealpost.relay.smtp;

import io.sealpost.account.Accounts;
import io.sealpost.account.LoginAttempt;
import io.sealpost.account.LoginResult;
import io.sealpost.account.LoginResult.Braked;
import io.sealpost.account.LoginResult.Cause;
import io.sealpost.account.LoginResult.Granted;
import io.sealpost.account.LoginResult.Refused;
import io.sealpost.relay.smtp.SaslResult.Credentials;
import io.sealpost.relay.smtp.SaslResult.ForeignIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** AUTH (RFC 4954), inside TLS only, once a session, outside of transactions, and with few failures. */
final class AuthCommand extends Verb {
    static final String NAME = "AUTH";

    AuthCommand() {
        super(NAME);
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        Optional<Reply> outOfPlace = outOfPlace(session);
        if (outOfPlace.isPresent()) {
            session.reply(outOfPlace.get());
            return;
        }
        String[] words = argument.split("[ \\t]+");
        Optional<SaslMechanism> mechanism = SaslMechanism.named(words[0]);
        if (argument.isEmpty() || words.length > 2) {
            session.reply(Reply.of(501, "5.5.4", "Write it as AUTH mechanism [initial-response]"));
        } else if (mechanism.isEmpty()) {
            session.reply(Reply.of(504, "5.5.4", "Mechanism unknown; PLAIN and LOGIN are offered"));
        } else {
            exchange(session, mechanism.get(), words.length == 2 ? Optional.of(words[1]) : Optional.empty());
        }
    }

    private static Optional<Reply> outOfPlace(SmtpSession session) {
        if (session.helo().isEmpty()) {
            return Optional.of(NO_GREETING);
        }
        if (!session.mayLogIn()) {
            return Optional.of(Reply.of(538, "5.7.11", "A login needs encryption; use STARTTLS first"));
        }
        if (session.login().filter(login -> !login.isByNetwork()).isPresent()) {
            return Optional.of(Reply.of(503, "5.5.1", "Logged in already"));
        }
        return session.transaction().map(open -> Reply.of(503, "5.5.1", "Not within a mail transaction"));
    }

    private static void exchange(SmtpSession session, SaslMechanism mechanism, Optional<String> initial)
            throws IOException {
        SaslResult result = mechanism.run(new SaslDialogue(session), initial);
        if (result instanceof Credentials credentials) {
            check(session, mechanism, credentials);
        } else if (result instanceof ForeignIdentity foreign) {
            refused(session, mechanism, foreign.name(), Cause.NOT_ALLOWED_HERE);
        }
    }

    private static void check(SmtpSession session, SaslMechanism mechanism, Credentials credentials)
            throws IOException {
        LoginResult result;
        try {
            result = login(session, mechanism, credentials);
        } catch (RuntimeException e) {
            session.forgetLogin();
            // Never 535: clients forget a password that was refused (RFC 4954 §6).
            session.log().trouble(NAME, e);
            session.reply(Reply.of(454, "4.7.0", "Logins cannot be checked now; try again later"));
            return;
        }
        if (result instanceof Granted granted
                && !session.context().sessions().takeAccount(session, granted.account())) {
            session.forgetLogin();
            session.reply(Reply.of(454, "4.7.0", "Too many connections of this account; try again later"));
        } else if (result instanceof Granted) {
            session.reply(Reply.of(235, "2.7.0", "Logged in"));
        } else if (result instanceof Refused refused) {
            refused(session, mechanism, credentials.name(), refused.cause());
        } else if (result instanceof Braked braked) {
            braked(session, mechanism, credentials.name(), braked.retryAfter());
        }
    }

    private static LoginResult login(SmtpSession session, SaslMechanism mechanism, Credentials credentials) {
        Accounts accounts = session.service().accounts();
        LoginResult result = accounts.login(new LoginAttempt(
                credentials.name(),
                credentials.password(),
                session.connection().getInetAddress(),
                session.context().listener().name(),
                session.helo().orElse(""),
                session.connection().tlsDescription()));
        if (!(result instanceof Granted granted)) {
            return result;
        }
        if (!mayUseListener(session.context().listener(), accounts, granted)) {
            return new Refused(Cause.NOT_ALLOWED_HERE);
        }
        session.loggedIn(new SmtpSession.Login(granted.account(), mechanism.name()));
        // From here on the session hears of changes; one that came while the password was hashed is seen now.
        if (accounts.stillGranted(granted.account())) {
            return result;
        }
        session.forgetLogin();
        return new Refused(Cause.NOT_ALLOWED_HERE);
    }

    /** Old TLS gives a password away more easily: where a listener says so, only one that was made for it counts there. */
    private static boolean mayUseListener(ListenerSettings listener, Accounts accounts, Granted granted) {
        return !listener.wantsBoundLogins()
                || accounts.bounds(granted.account()).listeners().contains(listener.name());
    }

    /** The same for a name that exists and one that does not; a program keeps its password and tries again. */
    private static void braked(SmtpSession session, SaslMechanism mechanism, String name, Duration wait)
            throws IOException {
        session.log().loginBraked(mechanism.name(), name, wait);
        Reply reply =
                Reply.of(454, "4.7.0", "Too many failed logins; try again in " + (wait.toSeconds() + 1) + " seconds");
        if (session.loginFailed()) {
            session.hangUp(Reply.of(421, "4.7.0", session.service().hostname() + " Too many failed logins; closing"));
        } else {
            session.reply(reply);
        }
    }

    /** One text for every cause, so that nobody learns which names exist. */
    private static void refused(SmtpSession session, SaslMechanism mechanism, String name, Cause cause)
            throws IOException {
        session.log().loginRefused(mechanism.name(), name, cause);
        if (session.loginFailed()) {
            session.hangUp(Reply.of(421, "4.7.0", session.service().hostname() + " Too many failed logins; closing"));
        } else {
            session.reply(Reply.of(535, "5.7.8", "Name or password is wrong"));
        }
    }
}
