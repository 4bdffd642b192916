package io.sealpost.relay.bounce;

import io.sealpost.mail.ForeignText;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.RemoteReply;
import io.sealpost.relay.bounce.ReportedRecipient.Action;
import io.sealpost.relay.intake.TraceField;

/** The part for people: a plain sentence first, then each recipient with the other side's own words. Pure. */
final class TextPart {
    private TextPart() {}

    static String of(Report report, Words words) {
        StringBuilder text = new StringBuilder();
        line(text, intro(report, words));
        for (ReportedRecipient recipient : report.recipients()) {
            line(text, "");
            recipient(text, recipient, words);
        }
        line(text, "");
        line(text, "-- ");
        MailDomain host = report.reporter();
        line(
                text,
                words.say("signature", host.ascii(), report.about().envelope().id()));
        return text.toString();
    }

    private static String intro(Report report, Words words) {
        if (!report.tells(Action.DELAYED)) {
            return words.say("intro.failed");
        }
        String until = TraceField.date(report.about().envelope().expires());
        return words.say(report.tellsOnly(Action.DELAYED) ? "intro.delayed" : "intro.mixed", until);
    }

    private static void recipient(StringBuilder text, ReportedRecipient recipient, Words words) {
        RemoteReply reply = recipient.reply();
        line(text, "<" + recipient.recipient().address() + ">");
        line(text, "  " + words.why(reply.status().orElseGet(() -> StatusPart.status(recipient))));
        if (recipient.action() != Action.REFUSED) {
            line(text, "  " + words.say(recipient.action() == Action.EXPIRED ? "expired" : "delayed"));
        }
        boolean answered = reply.code() != 0 && !reply.host().isEmpty();
        line(
                text,
                "  "
                        + (answered
                                ? words.say(
                                        "answered",
                                        ForeignText.escape(reply.host()),
                                        ForeignText.escape(reply.command()))
                                : words.say("local")));
        line(text, "    " + reply.shown());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
