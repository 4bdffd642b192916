package io.sealpost.relay.smtp;

import io.sealpost.relay.smtp.CommandLine.Fit;
import io.sealpost.relay.smtp.CommandLine.Unfit;
import java.io.IOException;
import java.util.Set;

/** Answers what is no command: unknown verbs, lines too long or with control characters in them, other protocols. */
final class UnfitLineCommand extends Verb {
    /** No verb that a client can send: {@link Verbs#knows} denies it. */
    static final String NAME = "UNFIT";

    private static final Set<String> FOREIGN_VERBS =
            Set.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH", "PRI", "PROXY");

    UnfitLineCommand() {
        super(NAME);
    }

    @Override
    void run(SmtpSession session, String argument) throws IOException {
        CommandLine line = session.line();
        if (line instanceof Fit fit) {
            unknownVerb(session, Arguments.verbOf(fit.text()));
        } else if (line instanceof Unfit unfit) {
            unfit(session, unfit);
        }
    }

    private static void unknownVerb(SmtpSession session, String verb) throws IOException {
        if (FOREIGN_VERBS.contains(verb) || verb.startsWith("SSH-")) {
            hangUpOnForeigner(session);
        } else {
            session.reply(Reply.of(500, "5.5.1", "Command unknown"));
        }
    }

    private static void unfit(SmtpSession session, Unfit unfit) throws IOException {
        switch (unfit.why()) {
            case TOO_LONG -> session.reply(Reply.of(500, "5.5.6", "Line too long"));
            case CONTROL_CHARACTER ->
                session.reply(Reply.of(500, "5.5.2", "A command is one line of text that ends with CRLF"));
            case FOREIGN -> hangUpOnForeigner(session);
        }
    }

    private static void hangUpOnForeigner(SmtpSession session) throws IOException {
        session.hangUp(Reply.of(421, "4.7.0", session.service().hostname() + " This is SMTP; closing"));
    }
}
