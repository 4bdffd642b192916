package io.sealpost.account.brake;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an account looks taken over.
 *
 * @param kind by which rule
 * @param seen the number that was too large
 * @param usual the number that it would be fine at
 */
public record BrakeReason(Kind kind, long seen, long usual) {
    /** How the reason of a hold begins; {@code account release} finds the mail by it. */
    public static final String HELD = "account braked";

    /** The rules. */
    public enum Kind {
        /** Far more recipients than on its usual day. */
        RECIPIENTS,
        /** Many refused recipients. */
        REFUSED,
        /** Logins from many new networks within an hour. */
        NETWORKS,
        /** Much mail right after the first login from a new network. */
        BURST
    }

    /** For the column. */
    public String stored() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + seen + " " + usual;
    }

    /** What {@link #stored} wrote; empty for what a newer release wrote. */
    public static Optional<BrakeReason> ofStored(String text) {
        String[] parts = text.split(" ");
        try {
            Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            return Optional.of(new BrakeReason(kind, Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unknown) {
            return Optional.empty();
        }
    }

    /** For administrators, in a few words. */
    public String sentence() {
        return switch (kind) {
            case RECIPIENTS -> seen + " recipients today, up to " + usual + " are usual";
            case REFUSED -> seen + " recipients refused today";
            case NETWORKS -> "logins from " + seen + " new networks within an hour";
            case BURST -> seen + " recipients in the first hour from a new network";
        };
    }
}
