package io.sealpost.relay.intake;

/** The listener's way in; {@code MessageIntake} in production, a recorder in the listener's own tests. */
public interface Submissions {
    /** Takes or refuses a message; never throws for what a client or the database can do. Returns after the commit. */
    IntakeResult accept(Submission submission);
}
