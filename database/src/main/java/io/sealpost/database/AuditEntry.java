package io.sealpost.database;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody did, for the audit trail.
 *
 * @param tenant the id of the tenant whose things were changed
 * @param actor who did it, as {@code root@host} or an account's address
 * @param action what was done, as {@code app-password.revoke}
 * @param subject to which thing
 * @param details more facts by name; never a secret
 * @param at when
 */
public record AuditEntry(
        long tenant, String actor, String action, String subject, Map<String, String> details, Instant at) {
    /** Nothing may be null; the details are copied. */
    public AuditEntry {
        Objects.requireNonNull(actor, "actor is null");
        Objects.requireNonNull(action, "action is null");
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(at, "at is null");
        details = Map.copyOf(details);
    }
}
