package io.sealpost.database;

import java.time.Instant;
import java.util.Objects;

/**
 * One change that every node must hear of.
 *
 * @param kind what was changed
 * @param subject which one, as the kind says; may be empty
 * @param at when, by the writer's clock
 */
public record Change(ChangeKind kind, String subject, Instant at) {
    /** Nothing may be null. */
    public Change {
        Objects.requireNonNull(kind, "kind is null");
        Objects.requireNonNull(subject, "subject is null");
        Objects.requireNonNull(at, "at is null");
    }
}
