package io.sealpost.relay.smtp;

import java.io.IOException;

/** STARTTLS (RFC 3207). */
final class StartTlsCommand extends Verb {
    StartTlsCommand() {
        super("STARTTLS");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (!standsAlone(session, argument)) {
            return;
        }
        if (session.connection().isSecure()) {
            session.reply(Reply.of(503, "5.5.1", "TLS is on already"));
        } else if (session.helo().isEmpty()) {
            session.reply(NO_GREETING);
        } else {
            session.reply(Reply.of(220, "2.0.0", "Ready to start TLS"));
            session.startTls();
        }
    }
}
