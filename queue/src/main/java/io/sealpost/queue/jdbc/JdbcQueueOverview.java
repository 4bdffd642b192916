package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueOverview;
import java.util.List;

/** Reads the ends of indexes, in autocommit: no statement grows with the queue. Thread-safe. */
public final class JdbcQueueOverview implements QueueOverview {
    private static final List<DeliveryState> WAITING =
            List.of(DeliveryState.QUEUED, DeliveryState.ACTIVE, DeliveryState.DEFERRED);

    private final Transactions transactions;

    /** Reads in these transactions. */
    public JdbcQueueOverview(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Standing look(int most) {
        return transactions.read(handle -> new Standing(
                OverviewSql.count(handle, WAITING, most),
                OverviewSql.count(handle, List.of(DeliveryState.HOLD), most),
                OverviewSql.oldest(handle),
                OverviewSql.mostOverdue(handle)));
    }
}
