package io.sealpost.queue;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Hands due deliveries out under leases and takes their results back. Thread-safe. */
public interface QueueClaims {
    /** How many buckets deliveries are spread over by recipient domain. */
    int BUCKETS = 64;

    /**
     * Leases due deliveries ({@code queued} or {@code deferred}, {@code next_at} reached) of the buckets to this node. Where more is due
     * than is asked for, accounts, recipient domains and priorities share the places, and a part goes to the oldest.
     *
     * @param max deliveries at most
     * @param passOver whose are left where they are
     * @return messages with the deliveries won, highest priority and oldest due first; empty when nothing is due
     * @throws io.sealpost.database.StoreUnavailable when the database is away
     */
    List<ClaimedMessage> claimDue(Set<Integer> buckets, int max, PassOver passOver);

    /** The same, passing over nobody. */
    default List<ClaimedMessage> claimDue(Set<Integer> buckets, int max) {
        return claimDue(buckets, max, PassOver.NOBODY);
    }

    /**
     * Moves the end of leases on.
     *
     * @return those that are still held, with their new end; the others are lost: stop working on them
     */
    List<Lease> renew(Collection<Lease> leases);

    /** Gives leases back unused, due again at once, attempts unchanged: on a drain, or past the budget of memory. */
    void giveBack(Collection<Lease> leases);

    /**
     * Writes the results of one message's deliveries, its notice and its journal rows in one transaction; many settlements are
     * committed together. Where a row is no longer held nothing is written for any of them.
     *
     * <p>A lost answer to COMMIT is resolved here: what an earlier run of this very call has written counts as settled. That is told by
     * the settlement's rows in the journal; one without any may hear of lost leases that were its own doing.
     *
     * @throws io.sealpost.database.StoreUnavailable when it is not written, or not known to be: call again once the database is back;
     *     what was written then is found to be lost, and nothing is written twice
     */
    SettleResult settle(Settlement settlement);

    /**
     * Makes the leases of a dead node due again. For this node's own earlier incarnation it is called at start, before anything is
     * stored or claimed.
     *
     * @return how many there were
     */
    int freeLeasesOf(int node);

    /** Stores DKIM fields made anew for a waiting message whose keys went out of use. */
    void replacePrefix(io.sealpost.mail.QueueId message, SignedPrefix prefix);
}
