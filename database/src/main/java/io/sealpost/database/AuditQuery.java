package io.sealpost.database;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of the audit trail are meant; parts that are empty match all.
 *
 * @param subject the thing that was changed, whole, or words of it
 * @param action what was done, as {@code account.disable}; {@code account} means all that begin with {@code account.}
 * @param since at this time or later
 * @param before older than the entry with this number
 */
public record AuditQuery(
        Optional<String> subject, Optional<String> action, Optional<Instant> since, Optional<Long> before) {
    /** All entries. */
    public static final AuditQuery ALL =
            new AuditQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Throws when a part is null. */
    public AuditQuery {
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(action, "action is null");
        Objects.requireNonNull(since, "since is null");
        Objects.requireNonNull(before, "before is null");
    }
}
