package io.sealpost.account.limit;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Where the nodes tell each other what they counted. All throw {@link io.sealpost.database.StoreUnavailable} when it is away. */
public interface UsageStore {
    /** All nodes' rows of these meters, which have one window, from a slot on. */
    List<SlotCount> read(Collection<Meter> meters, Instant from);

    /** Puts absolute counts in the place of those of before; safe to be repeated. */
    void write(List<SlotCount> rows);

    /** Takes note that the owner is warned about a meter in a window; false when a node did so before. */
    boolean firstToWarn(Meter meter, Instant now);

    /** Removes a slice of what counts no more; returns how many rows. */
    int prune();
}
