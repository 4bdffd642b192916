package io.sealpost.queue;

import io.sealpost.mail.EmailAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * A recipient as RCPT gave it.
 *
 * @param address the forward-path
 * @param orcpt ORCPT as {@code type;address}, decoded from xtext (RFC 3461 §4.2); empty when not given
 * @param dsnNotify NOTIFY as given, upper case, as {@code SUCCESS,FAILURE} (RFC 3461 §4.1); empty when not given
 */
public record Recipient(EmailAddress address, Optional<String> orcpt, Optional<String> dsnNotify) {
    /** Throws when a part is null. */
    public Recipient {
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(orcpt, "orcpt is null");
        Objects.requireNonNull(dsnNotify, "dsnNotify is null");
    }

    /** An address without parameters. */
    public static Recipient of(EmailAddress address) {
        return new Recipient(address, Optional.empty(), Optional.empty());
    }
}
