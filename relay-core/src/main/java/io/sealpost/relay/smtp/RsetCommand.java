package io.sealpost.relay.smtp;

import java.io.IOException;

/** RSET (RFC 5321 §4.1.1.5): ends the transaction; greeting and login stay. */
final class RsetCommand extends Verb {
    RsetCommand() {
        super("RSET");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (standsAlone(session, argument)) {
            session.resetTransaction();
            session.reply(Reply.of(250, "2.0.0", "Ok"));
        }
    }
}
