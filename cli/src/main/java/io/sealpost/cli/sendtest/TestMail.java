package io.sealpost.cli.sendtest;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/**
 * The mail that is sent.
 *
 * @param from header From and envelope sender
 * @param to header To and the recipients
 * @param subject one line
 */
public record TestMail(EmailAddress from, List<EmailAddress> to, String subject) {
    /** Copies the recipients. */
    public TestMail {
        to = List.copyOf(to);
    }

    /** The bytes, CRLF line ends only; {@code messageId} without its brackets. */
    byte[] bytes(MailDomain hostname, String messageId, Instant now) {
        MimeMessage message = new WithId(messageId);
        try {
            message.setFrom(new InternetAddress(from.toString()));
            for (EmailAddress recipient : to) {
                message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient.toString()));
            }
            message.setSubject(subject, StandardCharsets.UTF_8.name());
            message.setSentDate(Date.from(now));
            message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834 §5: no machine need answer.
            message.setText(
                    "This is a test of \"sealpost send-test\" on " + hostname + ".\r\n"
                            + "It was signed with the domain's DKIM keys and came straight from there.\r\n",
                    StandardCharsets.UTF_8.name());
            message.saveChanges();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return bytes.toByteArray();
        } catch (MessagingException e) {
            throw new IllegalStateException("a plain mail cannot be composed", e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }

    /** Jakarta Mail would name this machine in an id of its own. */
    private static final class WithId extends MimeMessage {
        private final String messageId;

        WithId(String messageId) {
            super(Session.getInstance(new Properties()));
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + messageId + ">");
        }
    }
}
