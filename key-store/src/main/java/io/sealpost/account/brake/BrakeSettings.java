package io.sealpost.account.brake;

import java.util.Objects;

/**
 * {@code [limits] brake…}: from what on an account looks taken over.
 *
 * @param mode what is done then
 * @param factor so many times the recipients of its usual day
 * @param floor but never fewer recipients a day than this
 * @param refused so many refused recipients a day, at least
 * @param refusedShare and at least this share of all, in percent
 * @param networks logins from so many new networks within an hour
 * @param burst more recipients than this from a new network in its first hour
 */
public record BrakeSettings(Mode mode, int factor, int floor, int refused, int refusedShare, int networks, int burst) {
    /** Throws when the mode is null. */
    public BrakeSettings {
        Objects.requireNonNull(mode, "mode is null");
    }

    /** {@code brake}. */
    public enum Mode {
        /** New mail is held. */
        HOLD,
        /** Owner and operator are told. */
        WARN,
        /** Nothing is noticed. */
        OFF
    }
}
