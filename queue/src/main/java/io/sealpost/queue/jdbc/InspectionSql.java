package io.sealpost.queue.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.mail.EmailAddress;
import io.sealpost.mail.MailDomain;
import io.sealpost.mail.QueueId;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.QueueFailing;
import io.sealpost.queue.QueueFilter;
import io.sealpost.queue.QueuePosition;
import io.sealpost.queue.QueueRow;
import io.sealpost.queue.ReasonFilter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements of listings and of steering; one method a statement. */
final class InspectionSql {
    /**
     * A part that a filter leaves empty is null here and matches all; the values stand in the text that the server gets, so that it sees
     * which conditions are left. With a domain only its bucket is read.
     */
    private static final String MATCHES = """
            (:message IS NULL OR d.message = :message)
            AND (:domain IS NULL OR (d.recipient_domain = :domain AND d.bucket = :bucket AND d.state IN (1, 2, 3, 4)))
            AND (:recipient IS NULL OR d.recipient = :recipient)
            AND (:sender IS NULL OR m.sender = :sender
                OR (LEFT(:sender, 1) = '@' AND RIGHT(m.sender, CHAR_LENGTH(:sender)) = :sender))
            AND (:account IS NULL OR d.account = :account)
            AND (:state IS NULL OR d.state = :state)
            AND (:accepted_before IS NULL OR m.received < :accepted_before)
            AND (:reason IS NULL OR d.last_code = :reason_code OR d.last_status = :reason_status
                OR LOCATE(:reason_words, LOWER(d.last_text)) > 0 OR LOCATE(:reason_words, LOWER(d.hold_reason)) > 0)""";

    static final String LIST = """
            SELECT d.id, d.message, d.n, d.account, m.sender, d.recipient, d.site, m.size + LENGTH(m.prefix) AS whole_size, m.received, d.state,
                   d.hold_reason, d.next_at, d.attempts, d.notices_sent,
                   d.last_host, d.last_command, d.last_code, d.last_status, d.last_text
            FROM delivery d STRAIGHT_JOIN message m ON m.id = d.message
            WHERE d.message >= :after_message AND (d.message > :after_message OR d.n > :after_n) AND %s
            ORDER BY d.message, d.n LIMIT :limit""".formatted(MATCHES);
    static final String COUNT = """
            SELECT COUNT(*) FROM (SELECT 1 FROM delivery d STRAIGHT_JOIN message m ON m.id = d.message
                                  WHERE %s LIMIT :limit) AS bounded""".formatted(MATCHES);
    static final String MATCHING = """
            SELECT d.id, d.message, d.version, d.state, d.recipient
            FROM delivery d STRAIGHT_JOIN message m ON m.id = d.message
            WHERE d.id > :after AND d.state IN (<states>) AND %s ORDER BY d.id LIMIT :limit""".formatted(MATCHES);
    /** A leased row keeps its state and version, so that its attempt can be settled: that will see the reason and put it on hold. */
    static final String HOLD = """
            UPDATE delivery SET state_before_hold = IF(node IS NULL, state, NULL), state = IF(node IS NULL, 4, state),
                   hold_reason = ?, version = version + (node IS NULL)
            WHERE id = ? AND version = ?""";
    /** A FUTURERELEASE time, or a wait that was begun, goes on: next_at stays. */
    static final String RELEASE = """
            UPDATE delivery SET state = IF(node IS NULL, IFNULL(state_before_hold, IF(attempts = 0, 1, 3)), state),
                   state_before_hold = NULL, hold_reason = NULL, version = version + (node IS NULL)
            WHERE id = ? AND version = ? AND hold_reason IS NOT NULL""";

    static final String RETRY = """
            UPDATE delivery SET next_at = ?, version = version + 1 WHERE id = ? AND version = ? AND node IS NULL""";
    static final String DROP = """
            DELETE FROM delivery WHERE id = ? AND version = ? AND node IS NULL""";
    static final String FAILED = """
            SELECT id, recipient, orcpt, notify, attempts, notices_sent, last_host, last_command, last_code, last_status, last_text
            FROM delivery FORCE INDEX (PRIMARY) WHERE id IN (<ids>) ORDER BY id""";
    static final String ENDED = """
            SELECT m.id FROM message m LEFT JOIN delivery d ON d.message = m.id
            WHERE m.id > ? AND m.id < ? AND d.id IS NULL ORDER BY m.id LIMIT ?""";
    static final String NTH_MESSAGE = """
            SELECT id FROM message WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?""";

    private InspectionSql() {}

    record Found(long id, long message, long version, DeliveryState state, String recipient) {}

    static List<QueueRow> list(Handle handle, QueueFilter filter, Optional<QueuePosition> after, int limit) {
        return bound(handle.createQuery(LIST), filter)
                .bind(
                        "after_message",
                        after.map(position -> position.message().value()).orElse(-1L))
                .bind("after_n", after.map(QueuePosition::n).orElse(0))
                .bind("limit", limit)
                .map((row, context) -> Rows.queueRow(row))
                .list();
    }

    /** How many match, counted up to a bound. */
    static long count(Handle handle, QueueFilter filter, int most) {
        return bound(handle.createQuery(COUNT), filter)
                .bind("limit", most)
                .mapTo(Long.class)
                .one();
    }

    static List<Found> matching(Handle handle, QueueFilter filter, List<DeliveryState> states, long after, int limit) {
        return bound(handle.createQuery(MATCHING), filter)
                .bindList("states", states.stream().map(DeliveryState::code).toList())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        row.getLong("id"),
                        row.getLong("message"),
                        row.getLong("version"),
                        DeliveryState.ofCode(row.getInt("state")),
                        row.getString("recipient")))
                .list();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, QueueFilter filter) {
        Optional<MailDomain> domain =
                filter.recipientDomain().or(() -> filter.recipient().map(EmailAddress::domain));
        return statement
                .bind("message", filter.message().map(QueueId::value).orElse(null))
                .bind("domain", domain.map(MailDomain::ascii).orElse(null))
                .bind("bucket", domain.map(Buckets::of).orElse(null))
                .bind(
                        "recipient",
                        filter.recipient().map(EmailAddress::toString).orElse(null))
                .bind("sender", filter.sender().orElse(null))
                .bind("account", filter.account().orElse(null))
                .bind("state", filter.state().map(DeliveryState::code).orElse(null))
                .bind(
                        "accepted_before",
                        filter.acceptedBefore().map(SqlTimes::toSql).orElse(null))
                .bind("reason", filter.reason().map(ReasonFilter::text).orElse(null))
                .bind("reason_code", filter.reason().flatMap(ReasonFilter::code).orElse(null))
                .bind(
                        "reason_status",
                        filter.reason().flatMap(ReasonFilter::status).orElse(null))
                .bind(
                        "reason_words",
                        filter.reason()
                                .flatMap(ReasonFilter::words)
                                .map(words -> words.toLowerCase(Locale.ROOT))
                                .orElse(null));
    }

    static int[] hold(Handle handle, List<Found> rows, String reason) {
        String cut = SqlText.cut(reason, SqlText.HOLD_REASON);
        return SqlBatch.run(handle, HOLD, rows, (batch, row) -> batch.add(cut, row.id(), row.version()));
    }

    static int[] release(Handle handle, List<Found> rows) {
        return SqlBatch.run(handle, RELEASE, rows, (batch, row) -> batch.add(row.id(), row.version()));
    }

    static int[] retry(Handle handle, List<Found> rows, Instant now) {
        return SqlBatch.run(handle, RETRY, rows, (batch, row) -> batch.add(now, row.id(), row.version()));
    }

    static int[] drop(Handle handle, List<Found> rows) {
        return SqlBatch.run(handle, DROP, rows, (batch, row) -> batch.add(row.id(), row.version()));
    }

    /** What a notice tells of them; without those that are gone. */
    static List<QueueFailing.FailedDelivery> failed(Handle handle, List<Found> rows) {
        return handle.createQuery(FAILED)
                .bindList("ids", rows.stream().map(Found::id).toList())
                .map((row, context) -> Rows.failed(row))
                .list();
    }

    /** Messages without a delivery, between two ids. */
    static List<Long> ended(Handle handle, long after, long before, int limit) {
        return handle.select(ENDED, after, before, limit).mapTo(Long.class).list();
    }

    /** The id of the message {@code offset} places behind an id; empty when there are fewer. */
    static Optional<Long> nthMessage(Handle handle, long after, int offset) {
        return handle.select(NTH_MESSAGE, after, offset).mapTo(Long.class).findOne();
    }
}
