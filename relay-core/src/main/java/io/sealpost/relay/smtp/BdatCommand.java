package io.sealpost.relay.smtp;

import io.sealpost.mail.DataSize;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * BDAT (RFC 3030). Its octets follow without waiting for an answer, so they are read to their end before anything is said, whatever is
 * wrong, and never obeyed as commands; where their number cannot be known or borne the session ends. Only LAST ends a message.
 */
final class BdatCommand extends Verb {
    private static final Pattern ARGUMENT = Pattern.compile("([0-9]{1,18})(?:[ \\t]+(LAST))?");

    BdatCommand() {
        super("BDAT");
    }

    /** The argument: how many octets follow, and whether they are the last. */
    private record Chunk(long octets, Place place) {
        static Optional<Chunk> read(String argument) {
            Matcher matcher = ARGUMENT.matcher(argument.toUpperCase(Locale.ROOT));
            return matcher.matches()
                    ? Optional.of(new Chunk(
                            Long.parseLong(matcher.group(1)), matcher.group(2) == null ? Place.WITHIN : Place.LAST))
                    : Optional.empty();
        }
    }

    /** Where a chunk stands in its message. */
    private enum Place {
        WITHIN,
        LAST
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        Optional<Chunk> chunk = Chunk.read(argument);
        if (chunk.isEmpty()) {
            session.hangUp(Reply.of(501, "5.5.4", "Write it as BDAT octets [LAST]; closing"));
        } else if (session.login().isEmpty()) {
            session.hangUp(Reply.of(530, "5.7.0", "Log in first; closing"));
        } else if (chunk.get().octets() > longest(session) - arrived(session)) {
            session.hangUp(MailParameters.tooLarge(maxSize(session)));
        } else {
            obey(session, chunk.get());
        }
    }

    private static DataSize maxSize(SmtpSession session) {
        return session.service().limits().maxMessageSize();
    }

    /** As with DATA, the end of what is too large is waited for up to twice the largest message. */
    private static long longest(SmtpSession session) {
        return 2 * maxSize(session).bytes();
    }

    private static long arrived(SmtpSession session) {
        return session.transaction()
                .flatMap(Transaction::chunks)
                .map(body -> body.sink().size())
                .orElse(0L);
    }

    private static void obey(SmtpSession session, Chunk chunk) throws IOException {
        Optional<Transaction> transaction = session.transaction();
        if (transaction.isPresent() && transaction.get().recipientCount() > 0) {
            receive(session, transaction.get(), chunk);
            return;
        }
        session.connection().skipData(chunk.octets());
        Optional<Reply> failed = session.failedChunks();
        if (failed.isPresent()) {
            session.connection()
                    .write(failed.get().onWire()); // RFC 3030 §2: chunks already on their way behind one that failed.
        } else if (transaction.isPresent()) {
            fail(session, Reply.of(554, "5.5.1", "No valid recipients"));
        } else {
            session.reply(Reply.of(503, "5.5.1", "Say MAIL first"));
        }
        if (chunk.place() == Place.LAST) {
            session.resetTransaction();
        }
    }

    private static void receive(SmtpSession session, Transaction transaction, Chunk chunk) throws IOException {
        ChunkedBody body = transaction.chunks().orElseGet(() -> begin(session, transaction));
        body.take(session.connection(), chunk.octets());
        if (chunk.place() == Place.LAST) {
            body.end();
            transaction.handOver();
            try (Transaction taken = session.takeTransaction();
                    body) {
                MessageEnd.answer(session, taken, body.lines(), body.sink());
            }
        } else if (body.isUnfit()) {
            fail(session, MessageEnd.refusal(session, body.lines(), body.sink()));
        } else {
            session.reply(Reply.of(250, "2.0.0", chunk.octets() + " octets received"));
        }
    }

    private static ChunkedBody begin(SmtpSession session, Transaction transaction) {
        ChunkedBody body = new ChunkedBody(
                session.context(), maxSize(session), session.connection().dataDeadline());
        transaction.beginChunks(body);
        return body;
    }

    /** The message is over; what was sent of it before this was heard is to be swallowed, up to LAST. */
    private static void fail(SmtpSession session, Reply reply) throws IOException {
        session.refuse(reply);
        session.failChunks(reply);
    }
}
