package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.fromSql;
import static io.sealpost.database.SqlTimes.toSql;

import io.sealpost.mail.QueueId;
import io.sealpost.queue.JournalEntry;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on the journal; one method a statement. */
final class JournalSql {
    private static final String INSERT = """
            INSERT INTO journal (at, id, message, kind, json) VALUES (?, ?, ?, ?, ?)""";
    private static final String CONTAINS = """
            SELECT message FROM journal WHERE at = ? AND id = ?""";
    static final String TRACE = """
            SELECT at, message, kind, json FROM journal WHERE message = ? ORDER BY at, id""";
    static final String AFTER = """
            SELECT at, id, message, kind, json FROM journal WHERE at >= ? AND (at > ? OR id > ?) ORDER BY at, id LIMIT ?""";
    static final String STORY_AFTER = """
            SELECT at, id, message, kind, json FROM journal WHERE message = ? AND at >= ? AND (at > ? OR id > ?)
            ORDER BY at, id LIMIT ?""";
    static final String NTH_AFTER = """
            SELECT at FROM journal WHERE at >= ? AND at < ? ORDER BY at, id LIMIT 1 OFFSET ?""";
    static final String PRUNE = """
            DELETE FROM journal WHERE at >= ? AND at < ? ORDER BY at, id LIMIT ?""";

    private JournalSql() {}

    /** An event with its row's id, by which it is known again. */
    record Row(long id, JournalEntry entry) {}

    /** The ids are the caller's, made before the transaction, so that a lost answer to COMMIT can be resolved. */
    static void insert(Handle handle, List<JournalEntry> entries, List<Long> ids) {
        try (SqlBatch batch = SqlBatch.of(handle, INSERT)) {
            for (int i = 0; i < entries.size(); i++) {
                JournalEntry entry = entries.get(i);
                batch.add(
                        entry.at(),
                        ids.get(i),
                        entry.message().value(),
                        entry.kind().name(),
                        JournalJson.write(entry.fields()));
            }
            batch.execute();
        }
    }

    /** Whether the first of these entries, and so the transaction that wrote them all, was committed. False for none. */
    static boolean contains(Handle handle, List<JournalEntry> entries, List<Long> ids) {
        return !entries.isEmpty()
                && handle.select(CONTAINS, toSql(entries.get(0).at()), ids.get(0))
                        .mapTo(Long.class)
                        .findOne()
                        .filter(message -> message == entries.get(0).message().value())
                        .isPresent();
    }

    static List<JournalEntry> trace(Handle handle, QueueId message) {
        return handle.select(TRACE, message.value())
                .map((row, context) -> Rows.journal(row))
                .list();
    }

    /** The rows behind this one in order of (at, id). */
    static List<Row> after(Handle handle, Instant at, long id, int limit) {
        return handle.select(AFTER, toSql(at), toSql(at), id, limit)
                .map((row, context) -> new Row(row.getLong("id"), Rows.journal(row)))
                .list();
    }

    /** The same of one message. */
    static List<Row> storyAfter(Handle handle, QueueId message, Instant at, long id, int limit) {
        return handle.select(STORY_AFTER, message.value(), toSql(at), toSql(at), id, limit)
                .map((row, context) -> new Row(row.getLong("id"), Rows.journal(row)))
                .list();
    }

    /** The time of the row so many places behind the first one from a time on; empty when there are fewer before the end. */
    static Optional<Instant> nth(Handle handle, Instant from, Instant before, int offset) {
        return handle.select(NTH_AFTER, toSql(from), toSql(before), offset)
                .map((row, context) -> fromSql(row.getObject("at", LocalDateTime.class)))
                .findOne();
    }

    static int prune(Handle handle, Instant from, Instant before, int limit) {
        return handle.execute(PRUNE, toSql(from), toSql(before), limit);
    }
}
