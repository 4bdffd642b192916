package io.sealpost.relay.smtp;

import java.io.IOException;

/**
 * BDAT (RFC 3030), which is not announced. Its octets follow without waiting for an answer, and must never be read as commands, so
 * the session ends here.
 */
final class BdatCommand extends Verb {
    BdatCommand() {
        super("BDAT");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        session.hangUp(Reply.of(502, "5.5.1", "BDAT is not offered here; closing"));
    }
}
