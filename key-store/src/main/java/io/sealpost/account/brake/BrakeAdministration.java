package io.sealpost.account.brake;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.time.Instant;
import java.util.Optional;

/** Shows and ends brakes. Thread-safe; every change is in the audit trail. */
public interface BrakeAdministration {
    /** The account's brake; refused when there is no such account. */
    Outcome<State> state(EmailAddress account);

    /** Ends the brake, where there is one, and takes what the account does today for its habit; nodes hear of it within two seconds. */
    Outcome<State> release(EmailAddress account, Optional<String> reason);

    /** Writes down that held mail was thrown away. */
    Outcome<State> noteDropped(EmailAddress account, int deliveries, Optional<String> reason);

    /**
     * How it stands.
     *
     * @param account its row
     * @param since when it was braked; empty: it is not
     * @param reason why
     * @param today messages, recipients and refused recipients of today
     */
    record State(long account, Optional<Instant> since, Optional<BrakeReason> reason, Noticed today) {}
}
