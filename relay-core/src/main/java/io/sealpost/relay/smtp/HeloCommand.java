package io.sealpost.relay.smtp;

import java.io.IOException;
import java.util.List;

/** HELO (RFC 5321 §4.1.1.1), for clients that know no other. */
final class HeloCommand extends Verb {
    /** RFC 2034 §4: replies to HELO and EHLO have no enhanced status. */
    static final Reply NO_NAME = Reply.plain(501, List.of("Say who you are, as EHLO client.example.com"));

    HeloCommand() {
        super("HELO");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (argument.isEmpty()) {
            session.reply(NO_NAME);
            return;
        }
        session.greeted(argument);
        session.reply(Reply.plain(250, List.of(session.service().hostname().ascii())));
    }
}
