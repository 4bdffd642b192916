package io.sealpost.relay.deliver;

import io.sealpost.mail.EmailAddress;
import io.sealpost.queue.Recipient;

/** The commands of one transaction, with those parameters that the host announced. Pure. */
final class MailCommands {
    static final String RSET = "RSET\r\n";
    static final String DATA = "DATA\r\n";

    private MailCommands() {}

    static String mail(Transmission transmission, MessageNeeds needs, SmtpUtf8 utf8, Capabilities host) {
        StringBuilder line = new StringBuilder("MAIL FROM:<")
                .append(transmission.sender().map(EmailAddress::toString).orElse(""))
                .append('>');
        if (host.size()) {
            line.append(" SIZE=").append(size(transmission));
        }
        if (host.eightBitMime() && (needs.isEightBit() || utf8 == SmtpUtf8.ASKED_FOR)) {
            line.append(" BODY=8BITMIME");
        }
        if (utf8 == SmtpUtf8.ASKED_FOR) {
            line.append(" SMTPUTF8");
        }
        return line.append("\r\n").toString();
    }

    static String rcpt(Recipient recipient) {
        return "RCPT TO:<" + recipient.address() + ">\r\n";
    }

    /** RFC 1870 §5: CRLFs counted, stuffed dots not. */
    private static long size(Transmission transmission) {
        return transmission.prefix().bytes().length + transmission.content().size();
    }

    /** Whether MAIL says SMTPUTF8 (RFC 6531 §3.4). */
    enum SmtpUtf8 {
        ASKED_FOR,
        NOT_NEEDED
    }
}
