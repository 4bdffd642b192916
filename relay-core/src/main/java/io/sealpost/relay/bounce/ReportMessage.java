package io.sealpost.relay.bounce;

import io.sealpost.relay.bounce.ReportedRecipient.Action;
import io.sealpost.relay.intake.TraceField;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** Puts a report's parts together as multipart/report (RFC 6522), seven bits throughout. */
final class ReportMessage extends MimeMessage {
    private final String messageId;

    private ReportMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** The whole message, CRLF line ends. Throws IOException when the original cannot be read. */
    static byte[] bytes(Report report, Words words) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true"); // For a sender's address in UTF-8 (RFC 6532).
        String id = "<" + report.id() + "@" + report.reporter() + ">";
        ReportMessage message = new ReportMessage(Session.getInstance(properties), id);
        try {
            message.head(report, words);
            MimeMultipart parts = new MimeMultipart("report; report-type=delivery-status");
            String text = TextPart.of(report, words);
            parts.addBodyPart(part("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
            String status = StatusPart.of(report);
            parts.addBodyPart(part("message/delivery-status", status.getBytes(StandardCharsets.US_ASCII)));
            OriginalPart original = OriginalPart.of(report.about());
            parts.addBodyPart(part(original.type(), original.bytes()));
            message.setContent(parts);
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException bug) {
            throw new IllegalStateException("a report cannot be built", bug);
        }
    }

    private void head(Report report, Words words) throws MessagingException {
        setHeader("Date", TraceField.date(report.at()));
        setHeader("From", "Mail Delivery System <" + report.from() + ">");
        setHeader("To", "<" + report.to() + ">");
        boolean failed = report.tells(Action.REFUSED) || report.tells(Action.EXPIRED);
        String subject = words.say(failed ? "subject.failed" : "subject.delayed");
        try {
            setHeader("Subject", MimeUtility.encodeText(subject, "utf-8", "Q"));
        } catch (IOException bug) {
            throw new MessagingException("UTF-8 is unknown", bug);
        }
        Optional<String> about = OriginalId.of(report.about());
        if (about.isPresent()) {
            setHeader("In-Reply-To", about.get());
            setHeader("References", about.get());
        }
        setHeader("Auto-Submitted", "auto-replied"); // RFC 3834 §5.
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    /** A part of these bytes, quoted-printable where seven bits do not do. */
    private static MimeBodyPart part(String type, byte[] bytes) throws MessagingException, IOException {
        InternetHeaders headers = new InternetHeaders();
        headers.setHeader("Content-Type", type);
        if (OriginalPart.isSevenBit(bytes)) {
            headers.setHeader("Content-Transfer-Encoding", "7bit");
            return new MimeBodyPart(headers, bytes);
        }
        headers.setHeader("Content-Transfer-Encoding", "quoted-printable");
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = MimeUtility.encode(encoded, "quoted-printable")) {
            out.write(bytes);
        }
        return new MimeBodyPart(headers, encoded.toByteArray());
    }
}
