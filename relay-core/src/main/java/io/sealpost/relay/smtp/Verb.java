package io.sealpost.relay.smtp;

import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/** A command of ours in SubEthaSMTP's table. One object serves all sessions of a listener and keeps nothing of them. */
abstract class Verb extends BaseCommand {
    static final Reply NO_GREETING = Reply.of(503, "5.5.1", "Say EHLO first");

    Verb(String name) {
        super(name, name);
    }

    /** Obeys one line; {@code argument} is what stands behind the verb. */
    abstract void run(SmtpSession session, String argument) throws IOException;

    @Override
    public final void execute(String bareVerb, Session subEtha) {
        SmtpSession session = ((ClientConnection) subEtha.getSocket()).session();
        try {
            run(session, session.argument());
        } catch (IOException e) {
            session.wireFailed(e);
        } catch (RuntimeException e) {
            session.log().trouble(getName(), e);
            hangUpAfterTrouble(session);
        }
    }

    private static void hangUpAfterTrouble(SmtpSession session) {
        try {
            session.hangUp(
                    Reply.of(421, "4.3.0", session.service().hostname() + " Trouble on our side; try again later"));
        } catch (IOException e) {
            session.wireFailed(e);
        }
    }

    /** Whether nothing stands behind a verb that takes nothing; answers when something does. */
    final boolean standsAlone(SmtpSession session, String argument) throws IOException {
        if (!argument.isEmpty()) {
            session.reply(Reply.of(501, "5.5.4", getName() + " takes no argument"));
        }
        return argument.isEmpty();
    }
}
