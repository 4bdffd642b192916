package io.sealpost.sandbox;

import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * EHLO in place of SubEthaSMTP's own, which offers STARTTLS inside TLS and CHUNKING, whose BDAT takes a cut message for a whole
 * one; this one offers what holds.
 */
final class ReceiverEhlo extends BaseCommand {
    ReceiverEhlo() {
        super("EHLO", "Introduce yourself.", "<hostname>");
    }

    @Override
    public void execute(String line, Session session) throws IOException {
        String[] words = getArgs(line);
        if (words.length < 2) {
            session.sendResponse("501 5.5.4 Syntax: EHLO hostname");
            return;
        }
        session.resetMailTransaction();
        session.setHelo(words[1]);
        session.sendResponse("250-" + session.getServer().getHostName() + "\r\n250-PIPELINING\r\n250-SIZE "
                + session.getServer().getMaxMessageSize() + (session.isTLSStarted() ? "" : "\r\n250-STARTTLS")
                + "\r\n250-8BITMIME\r\n250 SMTPUTF8");
    }
}
