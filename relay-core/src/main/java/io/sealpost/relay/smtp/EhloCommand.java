package io.sealpost.relay.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** EHLO (RFC 5321 §4.1.1.1). Announces only what is wholly there; any name is taken, as old devices send odd ones. */
final class EhloCommand extends Verb {
    EhloCommand() {
        super("EHLO");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (argument.isEmpty()) {
            session.reply(HeloCommand.NO_NAME);
            return;
        }
        session.greeted(argument);
        List<String> keywords = new ArrayList<>();
        keywords.add(session.service().hostname().ascii());
        keywords.add("PIPELINING");
        keywords.add("SIZE " + session.service().limits().maxMessageSize().bytes());
        keywords.add("8BITMIME");
        keywords.add("CHUNKING");
        keywords.add("LIMITS RCPTMAX=" + session.service().limits().message().recipients() + " MAILMAX="
                + session.service().limits().session().mails());
        keywords.add("ENHANCEDSTATUSCODES");
        // RFC 3207 §4.2: STARTTLS is not offered again; RFC 4954 §4 and RFC 8314 §3.2: no AUTH that would send
        // passwords in clear.
        if (!session.connection().isSecure()) {
            keywords.add("STARTTLS");
        }
        if (session.mayLogIn()) {
            keywords.add("AUTH PLAIN LOGIN");
        }
        session.reply(Reply.plain(250, keywords));
    }
}
