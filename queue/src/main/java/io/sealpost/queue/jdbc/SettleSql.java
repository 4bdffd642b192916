package io.sealpost.queue.jdbc;

import static io.sealpost.queue.jdbc.SqlText.cut;

import io.sealpost.mail.EnhancedStatus;
import io.sealpost.mail.RemoteReply;
import io.sealpost.queue.DeliveryResult.Deferred;
import io.sealpost.queue.DeliveryResult.Ended;
import io.sealpost.queue.DeliveryResult.Held;
import io.sealpost.queue.DeliveryResult.PutOff;
import io.sealpost.queue.Lease;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The statements of a settlement; one method a statement. Counts come in the order of the results: 1 where the lease was held. */
final class SettleSql {
    /** MariaDB 10.11 would go by the key {@code lease} and lock the whole node's rows; a DELETE takes no hint, a sum is in no key. */
    static final String END = """
            DELETE FROM delivery WHERE id = ? AND version = ? AND node + 0 = ?""";
    /** Where a hold was asked for while the attempt ran, the row goes on hold instead. */
    static final String DEFER = """
            UPDATE delivery FORCE INDEX (PRIMARY) SET state_before_hold = IF(hold_reason IS NULL, NULL, 3), state = IF(hold_reason IS NULL, 3, 4),
                   next_at = ?, notices_sent = ?, attempts = attempts + 1,
                   last_host = ?, last_command = ?, last_code = ?, last_status = ?, last_text = ?,
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            WHERE id = ? AND version = ? AND node = ?""";

    static final String HOLD = """
            UPDATE delivery FORCE INDEX (PRIMARY) SET state_before_hold = IF(attempts = 0, 1, 3), state = 4, hold_reason = ?,
                   last_host = ?, last_command = ?, last_code = ?, last_status = ?, last_text = ?,
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            WHERE id = ? AND version = ? AND node = ?""";
    /** As a lease given back, but later. */
    static final String PUT_OFF = """
            UPDATE delivery FORCE INDEX (PRIMARY) SET state_before_hold = IF(hold_reason IS NULL, NULL, IF(attempts = 0, 1, 3)),
                   state = IF(hold_reason IS NOT NULL, 4, IF(attempts = 0, 1, 3)),
                   next_at = ?, site = IFNULL(?, site),
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
        return SqlBatch.run(
                handle, END, results, (batch, result) -> batch.add(id(result.lease()), version(result.lease()), node));
    }

    static int[] defer(Handle handle, List<Deferred> results, int node) {
        return SqlBatch.run(handle, DEFER, results, (batch, result) -> {
            RemoteReply reply = result.reply();
            batch.add(
                    result.nextAt(),
                    result.noticesSent(),
                    cut(reply.host(), SqlText.HOST),
                    cut(reply.command(), SqlText.COMMAND),
                    reply.code(),
                    status(reply),
                    cut(reply.text(), SqlText.REPLY),
                    id(result.lease()),
                    version(result.lease()),
                    node);
        });
    }

    static int[] hold(Handle handle, List<Held> results, int node) {
        return SqlBatch.run(handle, HOLD, results, (batch, result) -> {
            RemoteReply reply = result.reply();
            batch.add(
                    cut(result.reason(), SqlText.HOLD_REASON),
                    cut(reply.host(), SqlText.HOST),
                    cut(reply.command(), SqlText.COMMAND),
                    reply.code(),
                    status(reply),
                    cut(reply.text(), SqlText.REPLY),
                    id(result.lease()),
                    version(result.lease()),
                    node);
        });
    }

    static int[] putOff(Handle handle, List<PutOff> results, int node) {
        return SqlBatch.run(
                handle,
                PUT_OFF,
                results,
                (batch, result) -> batch.add(
                        result.nextAt(),
                        result.site().isEmpty() ? null : result.site(),
                        id(result.lease()),
                        version(result.lease()),
                        node));
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
        return SqlBatch.run(handle, sql, messages, SqlBatch::add);
    }

    private static long id(Lease lease) {
        return lease.delivery().value();
    }

    private static long version(Lease lease) {
        return lease.version();
    }

    private static String status(RemoteReply reply) {
        return reply.status().map(EnhancedStatus::toString).orElse(null);
    }
}
