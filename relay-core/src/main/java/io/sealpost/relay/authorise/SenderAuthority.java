package io.sealpost.relay.authorise;

import io.sealpost.account.Accounts;
import io.sealpost.account.AuthenticatedAccount;
import io.sealpost.account.HeaderFrom;
import io.sealpost.account.SendPermission;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.ForeignText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nobody sends as somebody else: the envelope sender, every address that From shows and the one of Sender must belong to the account
 * (RFC 6409 §6.1, §8.1). Thread-safe.
 */
public final class SenderAuthority {
    private static final EnhancedStatus NOT_AUTHORISED = EnhancedStatus.of("5.7.1");
    private static final EnhancedStatus UNREADABLE = EnhancedStatus.of("5.6.0");
    // RFC 5322 §3.6; Bcc is not here, since it is cut.
    private static final List<String> SINGLE_USE = List.of(
            "From", "Sender", "Reply-To", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "References");

    private final Accounts accounts;

    /** Asks these accounts afresh for each message. */
    public SenderAuthority(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Whether the account may send this.
     *
     * @param sender the reverse-path; empty ({@code <>}) is the account's where From is
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    public Authorisation check(AuthenticatedAccount account, Optional<EmailAddress> sender, MessageHeader header) {
        if (!accounts.stillGranted(account)) {
            return new Authorisation.Refused(
                    NOT_AUTHORISED,
                    shown(account.address()) + " is no longer allowed to log in; ask your administrator");
        }
        return refuseHeader(header)
                .or(() -> sender.flatMap(address -> refuse(account, address, "the envelope sender")))
                .or(() -> refuseSenderField(account, header))
                .map(Authorisation.class::cast)
                .orElseGet(() -> checkFrom(account, sender, header.named("From").get(0)));
    }

    private static Optional<Authorisation.Refused> refuseHeader(MessageHeader header) {
        if (header.named("From").isEmpty()) {
            return unreadable("The message has no From field; add one with your address");
        }
        for (String name : SINGLE_USE) {
            int times = header.named(name).size();
            if (times > 1) {
                return unreadable("The message has " + times + " " + name + " fields; only one is allowed");
            }
        }
        return Optional.empty();
    }

    private Optional<Authorisation.Refused> refuseSenderField(AuthenticatedAccount account, MessageHeader header) {
        if (header.named("Sender").isEmpty()) {
            return Optional.empty();
        }
        FromHeader.Reading reading =
                FromHeader.parse(header.named("Sender").get(0).body());
        if (reading instanceof FromHeader.Unsafe unsafe) {
            return unreadable("The Sender field " + unsafe.reason());
        }
        FromHeader.Addresses addresses = (FromHeader.Addresses) reading;
        if (addresses.mailboxes().size() > 1) {
            return unreadable("The Sender field has more than one address");
        }
        return refuseAny(account, addresses, "the Sender field");
    }

    private Authorisation checkFrom(AuthenticatedAccount account, Optional<EmailAddress> sender, HeaderField from) {
        FromHeader.Reading reading = FromHeader.parse(from.body());
        if (reading instanceof FromHeader.Unsafe unsafe) {
            return new Authorisation.Refused(UNREADABLE, "The From field " + unsafe.reason());
        }
        FromHeader.Addresses addresses = (FromHeader.Addresses) reading;
        Optional<Authorisation.Refused> refused = refuseAny(account, addresses, "the From field");
        if (refused.isPresent()) {
            return rewritten(account, sender).orElse(refused.get());
        }
        // One signature cannot be aligned with two domains (RFC 7489 §6.6.1).
        if (addresses.mailboxes().stream().map(EmailAddress::domain).distinct().count() > 1) {
            return new Authorisation.Refused(
                    NOT_AUTHORISED, "The addresses in the From field are of several domains; use those of one");
        }
        return new Authorisation.Allowed(addresses.mailboxes());
    }

    /** Where the account wants it: its own address, or else the envelope sender, that it may send as. */
    private Optional<Authorisation> rewritten(AuthenticatedAccount account, Optional<EmailAddress> sender) {
        if (accounts.headerFrom(account) == HeaderFrom.REJECT) {
            return Optional.empty();
        }
        return Stream.concat(Stream.of(account.address()), sender.stream())
                .filter(own -> accounts.maySend(account, own) == SendPermission.ALLOWED)
                .findFirst()
                .map(Authorisation.Rewritten::new);
    }

    private Optional<Authorisation.Refused> refuseAny(
            AuthenticatedAccount account, FromHeader.Addresses addresses, String where) {
        return addresses.mailboxes().stream()
                .flatMap(address -> refuse(account, address, where).stream())
                .findFirst()
                .or(() -> addresses.mentioned().stream()
                        .flatMap(address -> refuse(account, address, "a name or comment of " + where).stream())
                        .findFirst());
    }

    private Optional<Authorisation.Refused> refuse(AuthenticatedAccount account, EmailAddress address, String where) {
        SendPermission permission = accounts.maySend(account, address);
        String who = shown(account.address()) + " may not send as " + shown(address) + " (" + where + "): ";
        return switch (permission) {
            case ALLOWED -> Optional.empty();
            case NOT_A_SENDER ->
                Optional.of(new Authorisation.Refused(
                        NOT_AUTHORISED,
                        who + "use your own address, or ask your administrator to run sealpost sender add"));
            case NOT_OF_CREDENTIAL ->
                Optional.of(new Authorisation.Refused(
                        NOT_AUTHORISED,
                        who + "the app password or device is bound to other senders; use one of those, or ask your"
                                + " administrator to run sealpost app-password update"));
            case DOMAIN_NOT_PROVEN ->
                Optional.of(new Authorisation.Refused(
                        NOT_AUTHORISED,
                        who
                                + "the DNS records that prove the domain were not seen yet; its owner must publish them, then"
                                + " sealpost domain check finds them"));
            case DOMAIN_NOT_HELD ->
                Optional.of(new Authorisation.Refused(
                        NOT_AUTHORISED,
                        who + "the domain is not set up for your account; ask your administrator to run sealpost domain"
                                + " add"));
        };
    }

    private static Optional<Authorisation.Refused> unreadable(String sentence) {
        return Optional.of(new Authorisation.Refused(UNREADABLE, sentence));
    }

    private static String shown(EmailAddress address) {
        return ForeignText.escape(address.toString());
    }
}
