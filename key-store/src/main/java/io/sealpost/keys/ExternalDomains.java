package io.sealpost.keys;

import io.sealpost.mail.MailDomain;
import java.util.List;
import java.util.Optional;

/**
 * Domains of customers elsewhere. A claim blocks nobody; proof gives the domain to one tenant; a newer proof wins once the older one's
 * challenge is gone for the grace period. It does no DNS: whoever looked hands in what was seen. Every method throws
 * {@link io.sealpost.database.StoreUnavailable} when the database is away. Thread-safe.
 */
public interface ExternalDomains {
    /**
     * Claims a domain for a tenant, with a token of its own and a pending key of each algorithm. Claimed before, that claim is the
     * answer. Refused: no such tenant; it holds the domain on the operator's word; it is none that mail can come from.
     *
     * @param zone where the operator publishes
     */
    Outcome<ExternalDomain> claim(long tenant, MailDomain name, MailDomain zone);

    /** All of them, by name. */
    List<ExternalDomain> all();

    /** Who claims the name or holds it, oldest first. */
    List<ExternalDomain> of(MailDomain name);

    /** The one in whose name mail is signed; empty when nobody has proven it. */
    Optional<ExternalDomain> holder(MailDomain name);

    /** Its keys, proven or not, oldest first. */
    List<DkimKey> keys(ExternalDomain domain);

    /**
     * Takes in what was seen: proves the domain, notes that records are gone, or ends its signing. Time in which nobody could tell
     * does not count as gone. Empty when the domain was removed meanwhile.
     */
    Optional<Delegation> look(ExternalDomain domain, ObservedDelegation seen);

    /** Those that are to be looked at now, each for the one that asks: at most {@code most}. */
    List<ExternalDomain> due(int most);

    /** Gives a claim or a domain up, with its keys. Its token is never used again. Refused: it was removed already. */
    Outcome<ExternalDomain> remove(ExternalDomain domain);

    /** What was given up in the last 30 days: its targets must go on saying that the keys are revoked. */
    List<ExternalDomain> removed();
}
