package io.sealpost.sandbox;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * DATA in place of SubEthaSMTP's own, which does not unstuff a dot that begins the first line and hangs up on too much data.
 *
 * <p>Takes the place only inside {@link SandboxReceiver}, whose handlers are {@link ReceiverTransaction}s.
 */
final class ReceiverData extends BaseCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverData.class);

    ReceiverData() {
        super("DATA", "The message follows, ended by <CR><LF>.<CR><LF>");
    }

    @Override
    public void execute(String line, Session session) throws IOException {
        if (!session.isMailTransactionInProgress() || session.getRecipientCount() == 0) {
            session.sendResponse("503 5.5.1 MAIL and RCPT come first");
            return;
        }
        session.sendResponse("354 End data with <CR><LF>.<CR><LF>");
        Optional<byte[]> data = DotTerminatedData.read(
                session.getRawInput(), session.getServer().getMaxMessageSize());
        String reply = data.map(bytes -> taken(session, bytes)).orElse("552 5.3.4 The message is too big");
        session.resetMailTransaction();
        session.sendResponse(reply);
    }

    private static String taken(Session session, byte[] bytes) {
        ReceiverTransaction transaction = (ReceiverTransaction) session.getMessageHandler();
        try {
            return "250 2.0.0 received as " + transaction.receive(bytes).file().getFileName();
        } catch (IOException e) {
            LOG.warn("received mail cannot be written", e);
            return "451 4.3.0 The message cannot be written down";
        }
    }
}
