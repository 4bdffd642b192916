package io.sealpost.keys.jdbc;

import io.sealpost.mail.MailDomain;
import java.util.Optional;

/** Which names can be a domain that mail comes from. */
final class DomainNames {
    private DomainNames() {}

    /** Why not; a single label, or an address. */
    static Optional<String> objection(MailDomain name) {
        String last = name.ascii().substring(name.ascii().lastIndexOf('.') + 1);
        return last.equals(name.ascii()) || last.matches("\\d+")
                ? Optional.of(
                        "the domain " + name + " cannot send mail: it takes two labels or more, as office.example")
                : Optional.empty();
    }
}
