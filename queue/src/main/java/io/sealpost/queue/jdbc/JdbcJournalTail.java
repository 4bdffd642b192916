package io.sealpost.queue.jdbc;

import io.sealpost.database.Transactions;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import io.sealpost.queue.JournalTail;
import io.sealpost.queue.jdbc.JournalSql.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads on from the newest row's time, less some seconds: rows bear the time of what they tell, and transactions do not commit in that
 * order. What was given out in those seconds is remembered.
 */
final class JdbcJournalTail implements JournalTail {
    private static final Duration LATE = Duration.ofSeconds(10);
    private static final int SLICE = 1000;

    private final Transactions transactions;
    private final Optional<QueueId> message;
    private final Map<Long, Instant> given = new HashMap<>();
    private Instant from;

    JdbcJournalTail(Transactions transactions, Optional<QueueId> message, Instant from) {
        this.transactions = transactions;
        this.message = message;
        this.from = from;
    }

    @Override
    public List<JournalEntry> next() {
        List<Row> fresh = new ArrayList<>();
        Instant at = from;
        long after = -1;
        List<Row> slice;
        do {
            slice = slice(at, after);
            for (Row row : slice) {
                if (!given.containsKey(row.id())) {
                    fresh.add(row);
                }
                at = row.entry().at();
                after = row.id();
            }
        } while (slice.size() == SLICE);
        remember(fresh, at);
        return fresh.stream().map(Row::entry).toList();
    }

    /** Only when all was read: what was not handed out must come again. */
    private void remember(List<Row> fresh, Instant newest) {
        fresh.forEach(row -> given.put(row.id(), row.entry().at()));
        if (newest.minus(LATE).isAfter(from)) {
            from = newest.minus(LATE);
        }
        given.values().removeIf(time -> time.isBefore(from));
    }

    private List<Row> slice(Instant at, long after) {
        return transactions.read(handle -> message.isPresent()
                ? JournalSql.storyAfter(handle, message.get(), at, after, SLICE)
                : JournalSql.after(handle, at, after, SLICE));
    }
}
