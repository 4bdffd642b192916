package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.queue.DeliveryState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of {@link JdbcQueueOverview}; one method a statement. */
final class OverviewSql {
    static final String COUNT = """
            SELECT COUNT(*) FROM (SELECT 1 FROM delivery WHERE state IN (<states>) LIMIT :most) AS bounded""";
    /** Ids are in order of time. */
    static final String OLDEST = """
            SELECT m.received FROM delivery d STRAIGHT_JOIN message m ON m.id = d.message ORDER BY d.id LIMIT 1""";
    /** The first entry of the key {@code due} in each bucket: 64 of each state. */
    static final String MOST_OVERDUE = """
            SELECT state, bucket, MIN(next_at) AS due_at FROM delivery WHERE state IN (1, 3) GROUP BY state, bucket""";

    private OverviewSql() {}

    static int count(Handle handle, List<DeliveryState> states, int most) {
        return handle.createQuery(COUNT)
                .bindList("states", states.stream().map(DeliveryState::code).toList())
                .bind("most", most)
                .mapTo(Integer.class)
                .one();
    }

    static Optional<Instant> oldest(Handle handle) {
        return handle.select(OLDEST)
                .map((row, context) -> SqlTimes.fromSql(row.getObject("received", LocalDateTime.class)))
                .findOne();
    }

    static Optional<Instant> mostOverdue(Handle handle) {
        return handle
                .select(MOST_OVERDUE)
                .map((row, context) -> SqlTimes.fromSql(row.getObject("due_at", LocalDateTime.class)))
                .stream()
                .min(Instant::compareTo);
    }
}
