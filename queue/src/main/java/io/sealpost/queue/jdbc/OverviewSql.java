package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueClaims;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            SELECT (SELECT d.next_at FROM delivery d FORCE INDEX (due)
                    WHERE d.state = s.state AND d.bucket = b.bucket ORDER BY d.next_at LIMIT 1) AS due_at
            FROM (SELECT 1 AS state UNION ALL SELECT 3) s JOIN (<buckets>) b
            HAVING due_at IS NOT NULL ORDER BY due_at LIMIT 1""";

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
        Set<Integer> all = IntStream.range(0, QueueClaims.BUCKETS).boxed().collect(Collectors.toSet());
        return handle.createQuery(MOST_OVERDUE)
                .define("buckets", ClaimSql.table(all))
                .map((row, context) -> SqlTimes.fromSql(row.getObject("due_at", LocalDateTime.class)))
                .findOne();
    }
}
