package io.sealpost.account.limit;

import java.util.Optional;

/** What one mail transaction counts. Belongs to its session; closed behind each end of it. */
public interface Allowance extends AutoCloseable {
    /**
     * Counts one more recipient; present, and nothing counted, when that would be too many.
     *
     * @throws io.sealpost.database.StoreUnavailable when nobody can tell now
     */
    Optional<OverLimit> recipient();

    /** A recipient was refused for what it is. */
    void refused();

    /** The message was accepted: what was counted stays. */
    void spend();

    /** Gives back what was counted, unless it was spent. */
    @Override
    void close();
}
