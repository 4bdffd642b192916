package io.sealpost.relay.smtp;

import java.io.IOException;

/** NOOP (RFC 5321 §4.1.1.9), with or without an argument. */
final class NoopCommand extends Verb {
    NoopCommand() {
        super("NOOP");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        session.reply(Reply.of(250, "2.0.0", "Ok"));
    }
}
