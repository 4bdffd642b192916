package io.sealpost.keys;

import java.time.Instant;
import java.util.Objects;

/**
 * What a look at the records of an external domain came to.
 *
 * @param domain as it is now
 * @param change what became of it
 * @param until when it stops to sign, or when another tenant's proof ends, where the change says so; else the time of the look
 */
public record Delegation(ExternalDomain domain, Change change, Instant until) {
    /** What became of it. */
    public enum Change {
        /** Nothing: it is as it was, and as it should be. */
        STANDS,
        /** It is proven now, for the first time or again. */
        PROVEN,
        /** It is not proven: records are missing or could not be asked for. */
        NOT_YET,
        /** All is seen, but another tenant has proven the domain; theirs holds until its own challenge is gone for the grace period. */
        OTHERS,
        /** Records are gone; it signs until the grace period is over. */
        GOING,
        /** It stopped to sign now. */
        LAPSED,
        /** It has stopped to sign before, and records are still missing. */
        STILL_LAPSED
    }

    /** Throws when a part is null. */
    public Delegation {
        Objects.requireNonNull(domain, "domain is null");
        Objects.requireNonNull(change, "change is null");
        Objects.requireNonNull(until, "until is null");
    }
}
