package io.sealpost.relay.bounce;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.relay.intake.TraceField;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;

/** A letter as a message: one part of text. */
final class LetterMessage extends MimeMessage {
    private final String messageId;

    private LetterMessage(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /**
     * What stands in the header.
     *
     * @param id its own
     * @param at when it is made
     * @param host the relay's name
     * @param from the operator
     * @param to whom
     */
    record Head(QueueId id, Instant at, MailDomain host, EmailAddress from, EmailAddress to) {}

    /** The whole message, CRLF line ends. */
    static byte[] bytes(Head head, LetterText text) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.mime.allowutf8", "true");
        LetterMessage message =
                new LetterMessage(Session.getInstance(properties), "<" + head.id() + "@" + head.host() + ">");
        try {
            message.setHeader("Date", TraceField.date(head.at()));
            message.setHeader("From", "Mail System " + head.host() + " <" + head.from() + ">");
            message.setHeader("To", "<" + head.to() + ">");
            message.setHeader("Subject", MimeUtility.encodeText(text.subject(), "utf-8", "Q"));
            message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834 §5.
            message.setText(text.body().replace("\n", "\r\n"), "utf-8");
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException bug) {
            throw new IllegalStateException("a letter cannot be built", bug);
        }
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }
}
