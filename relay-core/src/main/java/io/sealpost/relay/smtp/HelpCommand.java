package io.sealpost.relay.smtp;

import io.sealpost.mail.EnhancedStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** HELP (RFC 5321 §4.1.1.8): nothing about versions or users. */
final class HelpCommand extends Verb {
    private static final Reply HELP = new Reply(
            214,
            Optional.of(EnhancedStatus.of("2.0.0")),
            List.of(
                    "EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT",
                    "See RFC 5321 and RFC 6409"));

    HelpCommand() {
        super("HELP");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        session.reply(HELP);
    }
}
