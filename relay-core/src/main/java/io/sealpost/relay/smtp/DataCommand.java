package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import io.sealpost.queue.Content;
import io.sealpost.relay.intake.IntakeResult;
import io.sealpost.relay.intake.IntakeResult.Accepted;
import io.sealpost.relay.intake.IntakeResult.Rejected;
import io.sealpost.relay.intake.Submission;
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
    private static final Reply TROUBLE = Reply.of(451, "4.3.0", "Trouble on our side; try again later");

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
        } else {
            session.reply(GO_AHEAD);
            session.resetTransaction();
            receive(session, transaction.get());
        }
    }

    private static void receive(SmtpSession session, Transaction transaction) throws IOException {
        DataSize max = session.service().limits().maxMessageSize();
        try (BodySink body = new BodySink(session.context().bodies(), max)) {
            DotReader reader = new DotReader(session.context().listener().bareLf(), body);
            if (readToEnd(session, reader)) {
                answer(session, transaction, reader, body);
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

    private static void answer(SmtpSession session, Transaction transaction, DotReader reader, BodySink body)
            throws IOException {
        Optional<Reply> unfit = reader.fault().map(DataCommand::unfit);
        Optional<Content> content = unfit.isPresent() ? Optional.empty() : body.content();
        if (unfit.isPresent()) {
            session.refuse(unfit.get());
        } else if (content.isPresent()) {
            submit(session, transaction, content.get());
        } else if (body.fault().filter(f -> f == BodySink.Fault.TOO_LARGE).isPresent()) {
            session.refuse(MailParameters.tooLarge(session.service().limits().maxMessageSize()));
        } else {
            session.refuse(Reply.of(452, "4.3.1", "No room for the message now; try again later"));
        }
    }

    private static Reply unfit(DotReader.Fault fault) {
        String what = switch (fault) {
            case BARE_CR -> "a carriage return without a line feed";
            case BARE_LF -> "a line feed without a carriage return";
            case NUL -> "a NUL character";
        };
        return Reply.of(554, "5.6.0", "The message has " + what + " in it; lines end with CRLF");
    }

    private static void submit(SmtpSession session, Transaction transaction, Content content) throws IOException {
        SmtpSession.Login login = session.login().orElseThrow();
        IntakeResult result;
        try {
            result = session.service()
                    .submissions()
                    .accept(new Submission(
                            session.identity(),
                            login.account(),
                            transaction.sender(),
                            transaction.options(),
                            transaction.recipients(),
                            content));
        } catch (RuntimeException e) {
            session.log().trouble("DATA", e);
            content.release();
            session.reply(TROUBLE);
            return;
        }
        if (result instanceof Accepted accepted) {
            session.forgetFaults();
            session.reply(Reply.of(250, "2.0.0", "Ok: queued as " + accepted.id()));
        } else if (result instanceof Rejected rejected) {
            content.release();
            session.reply(Reply.of(rejected.code(), rejected.status(), rejected.sentence()));
        }
    }
}
