package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.toSql;
import static io.sealpost.queue.jdbc.SqlText.cut;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryResult.Deferred;
import io.sealpost.queue.DeliveryResult.Ended;
import io.sealpost.queue.DeliveryResult.Held;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The statements of a settlement; one method a statement. Counts come in the order of the results: 1 where the lease was held. */
final class SettleSql {
    static final String END = """
            DELETE FROM delivery WHERE id = ? AND version = ? AND node = ?""";
    /** Where a hold was asked for while the attempt ran, the row goes on hold instead. */
    static final String DEFER = """
            UPDATE delivery SET state_before_hold = IF(hold_reason IS NULL, NULL, 3), state = IF(hold_reason IS NULL, 3, 4),
                   next_at = ?, notices_sent = ?, attempts = attempts + 1,
                   last_host = ?, last_command = ?, last_code = ?, last_status = ?, last_text = ?,
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            WHERE id = ? AND version = ? AND node = ?""";

    static final String HOLD = """
            UPDATE delivery SET state_before_hold = IF(attempts = 0, 1, 3), state = 4, hold_reason = ?,
                   last_host = ?, last_command = ?, last_code = ?, last_status = ?, last_text = ?,
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            WHERE id = ? AND version = ? AND node = ?""";
    static final String STILL_OPEN = """
            SELECT DISTINCT message FROM delivery WHERE message IN (<messages>)""";
    static final String REMOVE_MESSAGE = """
            DELETE FROM message WHERE id = ?""";
    static final String REMOVE_CONTENT = """
            DELETE FROM message_content WHERE message = ?""";

    private SettleSql() {}

    static int[] end(Handle handle, List<Ended> results, int node) {
        try (PreparedBatch batch = handle.prepareBatch(END)) {
            results.forEach(
                    result -> ClaimSql.bindLease(batch, 0, result.lease(), node).add());
            return batch.execute();
        }
    }

    static int[] defer(Handle handle, List<Deferred> results, int node) {
        try (PreparedBatch batch = handle.prepareBatch(DEFER)) {
            for (Deferred result : results) {
                batch.bind(0, toSql(result.nextAt())).bind(1, result.noticesSent());
                bindReply(batch, 2, result.reply());
                ClaimSql.bindLease(batch, 7, result.lease(), node).add();
            }
            return batch.execute();
        }
    }

    static int[] hold(Handle handle, List<Held> results, int node) {
        try (PreparedBatch batch = handle.prepareBatch(HOLD)) {
            for (Held result : results) {
                batch.bind(0, cut(result.reason(), SqlText.HOLD_REASON));
                bindReply(batch, 1, result.reply());
                ClaimSql.bindLease(batch, 6, result.lease(), node).add();
            }
            return batch.execute();
        }
    }

    /** Those of the messages that have deliveries. A plain read: waiting for another node's row here could be a deadlock. */
    static Set<Long> stillOpen(Handle handle, Collection<Long> messages) {
        return handle.createQuery(STILL_OPEN)
                .bindList("messages", List.copyOf(messages))
                .mapTo(Long.class)
                .set();
    }

    static int[] removeMessages(Handle handle, Collection<Long> messages) {
        return forEach(handle, REMOVE_MESSAGE, messages);
    }

    static int[] removeContents(Handle handle, Collection<Long> messages) {
        return forEach(handle, REMOVE_CONTENT, messages);
    }

    private static int[] forEach(Handle handle, String sql, Collection<Long> messages) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            messages.forEach(message -> batch.bind(0, message).add());
            return batch.execute();
        }
    }

    private static void bindReply(PreparedBatch batch, int from, RemoteReply reply) {
        batch.bind(from, cut(reply.host(), SqlText.HOST))
                .bind(from + 1, cut(reply.command(), SqlText.COMMAND))
                .bind(from + 2, reply.code())
                .bind(from + 3, reply.status().map(EnhancedStatus::toString).orElse(null))
                .bind(from + 4, cut(reply.text(), SqlText.REPLY));
    }
}
