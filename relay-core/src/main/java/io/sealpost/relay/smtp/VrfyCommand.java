package io.sealpost.relay.smtp;

import java.io.IOException;

/** VRFY (RFC 5321 §3.5.3): the same answer for every name, so that it tells nobody who has an account. */
final class VrfyCommand extends Verb {
    VrfyCommand() {
        super("VRFY");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        session.reply(
                argument.isEmpty()
                        ? Reply.of(501, "5.5.4", "VRFY takes a name")
                        : Reply.of(252, "2.5.0", "Not verified here; send the mail and see"));
    }
}
