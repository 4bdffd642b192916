package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * DATA (RFC 5321 §4.1.1.4). Once 354 is said the data is read to its true end whatever is wrong with it, and only then refused, so
 * that nothing of it is ever obeyed as a command. The transaction is over behind each end.
 */
final class DataCommand extends Verb {
    private static final Reply GO_AHEAD = Reply.plain(354, List.of("End data with <CR><LF>.<CR><LF>"));

    DataCommand() {
        super("DATA");
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        if (!standsAlone(session, argument)) {
            return;
        }
        Optional<Transaction> transaction = session.transaction();
        if (transaction.isEmpty()) {
            session.reply(Reply.of(503, "5.5.1", "Say MAIL first"));
        } else if (transaction.get().recipientCount() == 0) {
            session.reply(Reply.of(554, "5.5.1", "No valid recipients"));
        } else if (transaction.get().chunks().isPresent()) {
            session.resetTransaction();
            session.reply(Reply.of(503, "5.5.1", "Not behind BDAT in one transaction; it is over"));
        } else {
            session.reply(GO_AHEAD);
            try (Transaction taken = session.takeTransaction()) {
                receive(session, taken);
            }
        }
    }

    private static void receive(SmtpSession session, Transaction transaction) throws IOException {
        DataSize max = session.service().limits().maxMessageSize();
        try (BodySink body = new BodySink(session.context().bodies(), max)) {
            ContentLines lines = new ContentLines(session.context().listener().lines(), body);
            if (readToEnd(session, new DotReader(lines))) {
                MessageEnd.answer(session, transaction, lines, body);
            } else {
                session.hangUp(MailParameters.tooLarge(max));
            }
        }
    }

    /** False when the end is not in sight after twice the largest message. */
    private static boolean readToEnd(SmtpSession session, DotReader reader) throws IOException {
        Deadline deadline = session.connection().dataDeadline();
        long left = 2 * session.service().limits().maxMessageSize().bytes();
        while (left > 0) {
            ByteBuffer bytes = session.connection().readData(deadline);
            left -= bytes.remaining();
            if (reader.take(bytes)) {
                return true;
            }
        }
        return false;
    }
}
