package io.sealpost.cli.quickstart;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.Secret;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Submits one mail as any program with Jakarta Mail would: STARTTLS, AUTH, MAIL, RCPT, DATA. */
final class Client {
    private static final String PATIENCE = "20000";

    private final int port;

    Client(int port) {
        this.port = port;
    }

    /** Returns the relay's answer to the end of data. */
    String submit(EmailAddress from, Secret appPassword, EmailAddress to) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(port));
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.ssl.trust", "127.0.0.1"); // The certificate is self-signed.
        properties.put("mail.smtp.ssl.checkserveridentity", "false");
        properties.put("mail.smtp.timeout", PATIENCE);
        properties.put("mail.smtp.connectiontimeout", PATIENCE);
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from.toString()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to.toString()));
        message.setSubject("Hello from Sealpost", StandardCharsets.UTF_8.name());
        message.setText(
                "This mail went in over TLS with an app password, was signed,\n"
                        + "committed to MariaDB, and found its MX by DNS. Grüße!\n",
                StandardCharsets.UTF_8.name());
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(from.toString(), appPassword.reveal());
            transport.sendMessage(message, message.getAllRecipients());
            return ((SMTPTransport) transport).getLastServerResponse().strip();
        }
    }
}
