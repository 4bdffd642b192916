package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.queue.DeliveryMemory;
import io.sealpost.queue.Suspension;
import java.time.Clock;
import java.util.List;

/** Single statements in autocommit. Thread-safe. */
public final class JdbcDeliveryMemory implements DeliveryMemory {
    private static final int SLICE = 500;

    private final Transactions transactions;
    private final Clock clock;

    /** The clock is the database's. */
    public JdbcDeliveryMemory(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public List<Suspension> suspensions() {
        return transactions.read(handle -> SuspensionSql.all(handle, clock.instant()));
    }

    @Override
    public int bringBack(Suspension ended) {
        return transactions.read(handle -> SuspensionSql.bringBack(handle, ended, clock.instant(), SLICE));
    }

    /** All of it; returns how many deliveries. */
    int bringAllBack(Suspension ended) {
        int all = 0;
        int slice;
        do {
            slice = bringBack(ended);
            all += slice;
        } while (slice == SLICE);
        return all;
    }
}
