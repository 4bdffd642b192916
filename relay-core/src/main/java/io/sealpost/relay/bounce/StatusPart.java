package io.sealpost.relay.bounce;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.ForeignText;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.MessageEnvelope;
import io.sealpost.relay.bounce.ReportedRecipient.Action;
import io.sealpost.relay.intake.TraceField;

/** The part for programs, message/delivery-status (RFC 3464 §2). Pure. */
final class StatusPart {
    private static final EnhancedStatus TIME_EXPIRED = EnhancedStatus.of("4.4.7");

    private final StringBuilder text = new StringBuilder();

    private StatusPart() {}

    static String of(Report report) {
        StatusPart part = new StatusPart();
        part.message(report);
        for (ReportedRecipient recipient : report.recipients()) {
            part.text.append("\r\n");
            part.recipient(recipient, report.about().envelope());
        }
        return part.text.toString();
    }

    /** The status that goes with the action: the other side's where its class fits. */
    static EnhancedStatus status(ReportedRecipient recipient) {
        if (recipient.action() == Action.EXPIRED) {
            return TIME_EXPIRED;
        }
        int wanted = recipient.action() == Action.DELAYED ? 4 : 5;
        return recipient
                .reply()
                .status()
                .filter(status -> status.statusClass() == wanted)
                .orElseGet(() -> new EnhancedStatus(wanted, 0, 0));
    }

    private void message(Report report) {
        MessageEnvelope about = report.about().envelope();
        about.options().dsn().envid().ifPresent(envid -> field("Original-Envelope-Id", ForeignText.escape(envid)));
        field("Reporting-MTA", "dns; " + report.reporter());
        field("X-Sealpost-Queue-Id", about.id().toString());
        field("Arrival-Date", TraceField.date(about.received()));
    }

    private void recipient(ReportedRecipient reported, MessageEnvelope about) {
        reported.recipient().orcpt().ifPresent(orcpt -> field("Original-Recipient", originalRecipient(orcpt)));
        field("Final-Recipient", address(reported.recipient().address()));
        field("Action", reported.action().field());
        field("Status", status(reported).toString());
        RemoteReply reply = reported.reply();
        if (!reply.host().isEmpty()) {
            field("Remote-MTA", "dns; " + ForeignText.escape(reply.host().replaceAll("\\[.*", "")));
        }
        field("Diagnostic-Code", (reply.code() == 0 ? "x-sealpost; " : "smtp; ") + reply.shown());
        field("Last-Attempt-Date", TraceField.date(reported.at()));
        if (reported.action() == Action.DELAYED) {
            field("Will-Retry-Until", TraceField.date(about.expires()));
        }
    }

    private void field(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private static String originalRecipient(String orcpt) {
        return ForeignText.escape(orcpt.replaceFirst(";", "; "));
    }

    /** RFC 6533 §3: UTF-8 in seven bits, as {@code \x{FC}}. */
    private static String address(EmailAddress address) {
        if (!address.needsSmtpUtf8()) {
            return "rfc822; " + address;
        }
        StringBuilder encoded = new StringBuilder("utf-8; ");
        address.toString()
                .codePoints()
                .forEach(c -> encoded.append(c < 0x80 ? Character.toString(c) : String.format("\\x{%X}", c)));
        return encoded.toString();
    }
}
