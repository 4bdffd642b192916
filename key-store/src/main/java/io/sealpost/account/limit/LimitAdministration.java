package io.sealpost.account.limit;

import io.sealpost.keys.Outcome;
import io.sealpost.mail.EmailAddress;
import java.time.Instant;
import java.util.List;

/** Shows what was counted and gives accounts limits of their own. Thread-safe; every change is in the audit trail. */
public interface LimitAdministration {
    /** What the account was given; refused when there is none. */
    Outcome<OwnRates> ownRates(EmailAddress account);

    /** Gives the account these in place of those of the settings; nodes count by them within two seconds. */
    Outcome<OwnRates> setOwnRates(EmailAddress account, OwnRates rates);

    /** What all nodes have counted for these bounds, as of a second ago. */
    List<Used> used(List<Bound> bounds);

    /**
     * A limit and what of it is used.
     *
     * @param bound which limit
     * @param count how many count now
     * @param opens when one more may be sent; now, where it may
     */
    record Used(Bound bound, long count, Instant opens) {}
}
