package io.sealpost.relay.smtp;

import io.sealpost.mail.EmailAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands between the angle brackets of MAIL and RCPT (RFC 5321 §4.1.2, strictly). */
sealed interface MailPath {
    /** A mailbox with a fully qualified domain. */
    record Mailbox(EmailAddress address) implements MailPath {}

    /** {@code <>}. */
    record Null() implements MailPath {}

    /** A name without a domain, which means something for {@code postmaster} only (RFC 5321 §4.5.1). */
    record LocalName(String name) implements MailPath {}

    /** Nothing that mail can go to or come from. */
    record Unusable(Why why) implements MailPath {}

    /** What is wrong with a path. */
    enum Why {
        /** Not of the form local-part@domain. */
        SYNTAX("is not an email address; write <user@example.com>"),
        /** The domain is an address literal or an address. */
        LITERAL("names a host by its address; use a domain name"),
        /** The domain is a single label. */
        UNQUALIFIED("has an incomplete domain; write it in full, as user@example.com"),
        /** Letters outside ASCII, which need SMTPUTF8 (RFC 6531 §3.2). */
        NON_ASCII("has characters outside ASCII, which are not taken here");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }

        /** What is wrong, to be put behind "The address". */
        String sentence() {
            return sentence;
        }
    }

    /** Source routes are taken and dropped (RFC 5321 §4.1.1.3, appendix C). */
    Pattern SOURCE_ROUTE = Pattern.compile("^@[A-Za-z0-9._-]+(,@[A-Za-z0-9._-]+)*:");

    /** A last label of digits, as in an address without brackets. */
    Pattern NUMERIC_DOMAIN = Pattern.compile(".*[@.][0-9]+");

    int MAX_PATH = 256; // RFC 5321 §4.5.3.1.3, with the brackets

    /** Reads what stands between the brackets. */
    static MailPath read(String text) {
        if (text.isEmpty()) {
            return new Null();
        }
        if (text.length() > MAX_PATH - 2) {
            return new Unusable(Why.SYNTAX);
        }
        String mailbox = SOURCE_ROUTE.matcher(text).replaceFirst("");
        if (mailbox.chars().anyMatch(c -> c > 0x7E)) {
            return new Unusable(Why.NON_ASCII);
        }
        return mailbox.indexOf('@') < 0 ? new LocalName(mailbox) : mailbox(mailbox);
    }

    private static MailPath mailbox(String text) {
        if (text.endsWith("]") || NUMERIC_DOMAIN.matcher(text).matches()) {
            return new Unusable(Why.LITERAL);
        }
        Optional<EmailAddress> address = EmailAddress.tryParse(text);
        if (address.isEmpty()) {
            return new Unusable(Why.SYNTAX);
        }
        boolean qualified = address.get().domain().ascii().indexOf('.') > 0;
        return qualified ? new Mailbox(address.get()) : new Unusable(Why.UNQUALIFIED);
    }
}
