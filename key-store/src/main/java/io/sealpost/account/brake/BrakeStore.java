package io.sealpost.account.brake;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the nodes know together about accounts' behaviour. All throw {@link io.sealpost.database.StoreUnavailable} when it is away. */
public interface BrakeStore {
    /** Adds to the day's counts of this node. */
    void addDay(Map<Long, Noticed> noticed);

    /** Notes that accounts logged in from networks. */
    void addLogins(Set<Origin> logins);

    /** Adds recipients to the first hour of networks. */
    void addRecipients(Map<Origin, Long> recipients);

    /** What is known of an account now. */
    Behaviour behaviour(long account);

    /** Whether the account has logged in from there within three months. */
    boolean knows(Origin origin);

    /** Brakes it: present for the one node that did. */
    Optional<Suspect> brake(long account, BrakeReason reason);

    /** Notes that its owner is warned: present for one node a day. */
    Optional<Suspect> warn(long account, BrakeReason reason);

    /** Whose account it is; empty when it is gone. */
    Optional<Owner> owner(long account);

    /** The operator's language; empty when none is set. */
    Optional<String> operatorLanguage();

    /** Takes it on to tell of a brake: true for one node. */
    boolean takeTelling(long account, Instant now);

    /** It could not be told: another turn. */
    void untold(long account);

    /** Braked longer than this ago, and nobody was told: the node that braked has ended. */
    List<Suspect> untold(Duration age);

    /** Removes a slice of what is too old to matter; how many rows. */
    int prune();

    /**
     * An account and whence.
     *
     * @param account its row
     * @param network the client's
     */
    record Origin(long account, ClientNetwork network) {}
}
