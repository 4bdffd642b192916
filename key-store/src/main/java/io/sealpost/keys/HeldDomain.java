package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.time.Instant;
import java.util.Objects;

/**
 * A domain that a tenant holds: its accounts may send for it, its keys sign for it.
 *
 * @param id its row
 * @param tenant who holds it
 * @param name the domain
 * @param created when it was added
 */
public record HeldDomain(long id, long tenant, MailDomain name, Instant created) {
    /** Throws when a part is null. */
    public HeldDomain {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(created, "created is null");
    }
}
