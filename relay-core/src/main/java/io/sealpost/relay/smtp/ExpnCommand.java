package io.sealpost.relay.smtp;

import java.io.IOException;

/** EXPN (RFC 5321 §3.5.2): there are no lists here. */
final class ExpnCommand extends Verb {
    ExpnCommand() {
        super("EXPN");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        session.reply(Reply.of(502, "5.5.1", "EXPN is not offered here"));
    }
}
