package io.sealpost.relay.smtp;

import io.sealpost.queue.Content;
import io.sealpost.relay.intake.IntakeResult;
import io.sealpost.relay.intake.IntakeResult.Accepted;
import io.sealpost.relay.intake.IntakeResult.Rejected;
import io.sealpost.relay.intake.Submission;
import java.io.IOException;
import java.util.Optional;

/** What becomes of a message whose last byte was read, by DATA or BDAT: refused for its bytes, or handed to the intake and answered. */
final class MessageEnd {
    private static final Reply TROUBLE = Reply.of(451, "4.3.0", "Trouble on our side; try again later");
    private static final Reply NO_ROOM = Reply.of(452, "4.3.1", "No room for the message now; try again later");

    private MessageEnd() {}

    static void answer(SmtpSession session, Transaction transaction, ContentLines lines, BodySink body)
            throws IOException {
        Optional<Content> content = lines.fault().isPresent() ? Optional.empty() : body.content();
        if (content.isPresent()) {
            submit(session, transaction, content.get());
        } else {
            session.refuse(refusal(session, lines, body));
        }
    }

    /** Why a body is not taken. */
    static Reply refusal(SmtpSession session, ContentLines lines, BodySink body) {
        if (lines.fault().isPresent()) {
            return lines.fault().get().reply();
        }
        boolean tooLarge =
                body.fault().filter(f -> f == BodySink.Fault.TOO_LARGE).isPresent();
        return tooLarge ? MailParameters.tooLarge(session.service().limits().maxMessageSize()) : NO_ROOM;
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
            transaction.accepted();
            session.forgetFaults();
            session.reply(Reply.of(250, "2.0.0", "Ok: queued as " + accepted.id()));
        } else if (result instanceof Rejected rejected) {
            content.release();
            session.reply(Reply.of(rejected.code(), rejected.status(), rejected.sentence()));
        }
    }
}
