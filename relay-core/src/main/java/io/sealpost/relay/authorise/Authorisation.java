package io.sealpost.relay.authorise;

import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.MailDomain;
import java.util.List;

/** What {@link SenderAuthority#check} decided. */
public sealed interface Authorisation {
    /**
     * Sender, From and Sender belong to the account.
     *
     * @param from the addresses of From; at least one, all of one domain
     */
    record Allowed(List<EmailAddress> from) implements Authorisation {
        /** Throws IllegalArgumentException without an address. */
        public Allowed {
            from = List.copyOf(from);
            if (from.isEmpty()) {
                throw new IllegalArgumentException("a From without an address");
            }
        }

        /** The domain that signs: that of From. */
        public MailDomain domain() {
            return from.get(0).domain();
        }
    }

    /**
     * Sender and Sender belong to the account, From does not; it is to be replaced ({@link MessageHeader#withFrom}).
     *
     * @param from what comes in its place
     */
    record Rewritten(EmailAddress from) implements Authorisation {}

    /**
     * They do not, or nobody can tell: the client hears 550.
     *
     * @param status 5.7.1 for want of a right, 5.6.0 for a header that is not to be read safely
     * @param sentence who, what, and what to do
     */
    record Refused(EnhancedStatus status, String sentence) implements Authorisation {}
}
