package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;

/**
 * A queue that came out of a backup, before any node serves on it: the leases in it are nobody's, and some of what waits was delivered
 * after the backup. Walks by id in slices of a thousand; may be run again. Thread-safe.
 */
public final class RestoredQueue {
    private static final int SLICE = 1000;

    private final Transactions transactions;

    /** As a user with rights on rows. */
    public RestoredQueue(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Ends every lease; returns how many there were. */
    public int freeLeases() {
        return whole(() -> transactions.read(RestoreSql::freeLeases));
    }

    /** Puts all that would go out on hold, with this reason; what was held keeps its own. Returns how many. */
    public int hold(String reason) {
        int held = 0;
        long from = 0;
        while (true) {
            long after = from;
            Optional<Long> last = transactions.read(handle -> RestoreSql.nthAfter(handle, after, SLICE));
            held += transactions.read(handle -> hold(handle, reason, after, last.orElse(Long.MAX_VALUE)));
            if (last.isEmpty()) {
                return held;
            }
            from = last.get();
        }
    }

    private static int hold(Handle handle, String reason, long after, long last) {
        return RestoreSql.hold(handle, reason, after, last);
    }

    private static int whole(IntSupplier slice) {
        int all = 0;
        for (int some = slice.getAsInt(); some > 0; some = slice.getAsInt()) {
            all += some;
        }
        return all;
    }
}
