package io.sealpost.relay.outbound;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The relay's nodes as this one sees them now. */
public interface Neighbours {
    /** This node's number. */
    int self();

    /** Numbers of nodes whose heart beats; this one's may be missing while it has not been seen yet. */
    Set<Integer> live();

    /** Numbers of nodes that are dead: their leases may be taken over. */
    Set<Integer> dead();

    /**
     * Since when none of them can have taken this node for dead, by the queue's clock; {@link Instant#MIN} is always. Empty when one may do
     * so now: its heart did not beat for too long.
     */
    Optional<Instant> aliveSince();

    /**
     * The buckets that are this node's share: every n-th, by its place among the n live nodes. Keeps nodes out of one another's way;
     * correctness never rests on it.
     */
    default Set<Integer> bucketsOf(int all) {
        SortedSet<Integer> nodes = new TreeSet<>(live());
        nodes.add(self());
        int place = nodes.headSet(self()).size();
        Set<Integer> mine = new HashSet<>();
        for (int bucket = place; bucket < all; bucket += nodes.size()) {
            mine.add(bucket);
        }
        return mine;
    }
}
