package io.sealpost.relay.authorise;

import io.sealpost.mail.EmailAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the addresses of a From or Sender field (RFC 5322 §3.6.2, RFC 6854), strictly: whatever two mail programs could read in two
 * ways is unsafe. Thread-safe, without state.
 *
 * <p>Groups are opened. Comments, names and encoded words are searched for addresses too, since people and lenient programs see those.
 * Routes, literals, blanks or comments inside an address, empty list elements and all obsolete forms are unsafe.
 */
public final class FromHeader {
    private static final int MAX_ADDRESSES = 100;

    private FromHeader() {}

    /** How the reading ended. */
    public sealed interface Reading {}

    /**
     * Every address that the field shows.
     *
     * @param mailboxes where the mail says it comes from, in order; at least one
     * @param mentioned addresses in names, comments and encoded words
     */
    public record Addresses(List<EmailAddress> mailboxes, List<EmailAddress> mentioned) implements Reading {
        /** Copies the lists. */
        public Addresses {
            mailboxes = List.copyOf(mailboxes);
            mentioned = List.copyOf(mentioned);
        }
    }

    /**
     * Not to be read safely.
     *
     * @param reason the rest of a sentence that begins with the field's name: {@code has an unclosed comment}
     */
    public record Unsafe(String reason) implements Reading {}

    /** Reads the field's body, folding included. */
    public static Reading parse(byte[] body) {
        try {
            AddressList list = AddressList.read(AddressTokens.of(body));
            Set<EmailAddress> mentioned = new LinkedHashSet<>();
            for (String text : list.texts()) {
                mentioned.addAll(DisplayText.addressesIn(text));
            }
            List<EmailAddress> mailboxes = new ArrayList<>(list.mailboxes());
            if (mailboxes.isEmpty()) {
                return new Unsafe("has no address");
            }
            if (mailboxes.size() + mentioned.size() > MAX_ADDRESSES) {
                return new Unsafe("has over " + MAX_ADDRESSES + " addresses");
            }
            return new Addresses(mailboxes, List.copyOf(mentioned));
        } catch (UnsafeField unsafe) {
            return new Unsafe(unsafe.getMessage());
        }
    }
}
