package io.sealpost.cli.clientsettings;

import io.sealpost.mail.MailDomain;

/**
 * Where the domain's mail is read, over IMAP with TLS from the first byte: another server's business, but mail programs will not set up
 * the one without the other.
 *
 * @param host the IMAP server's name
 * @param port 993 as a rule
 */
public record Mailbox(MailDomain host, int port) {
    /** Reads {@code imap.example.net} or {@code imap.example.net:993}; throws IllegalArgumentException with a plain sentence. */
    public static Mailbox parse(String text) {
        int colon = text.lastIndexOf(':');
        MailDomain host = MailDomain.parse(colon < 0 ? text : text.substring(0, colon));
        try {
            int port = colon < 0 ? 993 : Integer.parseInt(text.substring(colon + 1));
            if (port > 0 && port <= 0xFFFF) {
                return new Mailbox(host, port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("write a host, or a host and a port, as imap.example.net:993");
    }
}
