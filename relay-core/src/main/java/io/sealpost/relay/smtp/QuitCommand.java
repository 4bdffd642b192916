package io.sealpost.relay.smtp;

import java.io.IOException;

/** QUIT (RFC 5321 §4.1.1.10). */
final class QuitCommand extends Verb {
    QuitCommand() {
        super("QUIT");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (standsAlone(session, argument)) {
            session.hangUp(Reply.of(221, "2.0.0", "Bye"));
        }
    }
}
