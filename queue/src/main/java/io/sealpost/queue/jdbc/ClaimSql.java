package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.fromSql;
import static io.sealpost.database.SqlTimes.toSql;

import io.sealpost.mail.QueueId;
import io.sealpost.queue.ClaimedDelivery;
import io.sealpost.queue.Lease;
import io.sealpost.queue.SignedPrefix;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The statements of claims and leases; one method a statement. Each UPDATE says by its count who won. */
final class ClaimSql {
    /** One look into the key {@code due} for each slot. MIN with GROUP BY would read it whole: the optimizer has its own mind. */
    static final String SLOTS = """
            SELECT s.state, b.bucket, (SELECT d.next_at FROM delivery d FORCE INDEX (due)
                                       WHERE d.state = s.state AND d.bucket = b.bucket ORDER BY d.next_at LIMIT 1) AS first
            FROM (SELECT 1 AS state UNION ALL SELECT 3) s JOIN (<buckets>) b
            HAVING first <= :now ORDER BY first""";

    /** The oldest of one slot. One statement asks for many; a range needs constants, so the numbers stand in the text. */
    static final String DUE = """
            (SELECT 0 AS look, id, state, bucket, line, account, recipient_domain, next_at FROM delivery FORCE INDEX (due)
             WHERE state = <state> AND bucket = <bucket> AND next_at <= :now ORDER BY next_at LIMIT <limit>)""";
    /** The oldest of the next line. */
    static final String LOOK = """
            (SELECT <look> AS look, id, state, bucket, line, account, recipient_domain, next_at FROM delivery FORCE INDEX (line)
             WHERE state = <state> AND bucket = <bucket> AND line > <after> AND line < <below>
             ORDER BY line, next_at LIMIT <limit>)""";
    /** One line, oldest first. */
    static final String OF_LINE = """
            (SELECT 0 AS look, id, state, bucket, line, account, recipient_domain, next_at FROM delivery FORCE INDEX (line)
             WHERE state = <state> AND bucket = <bucket> AND line = <line> AND next_at <= :now
             ORDER BY next_at LIMIT <limit>)""";

    static final String CLAIM = """
            UPDATE delivery FORCE INDEX (PRIMARY) SET state = 2, node = :node, claim = :claim, lease_until = :until, version = version + 1
            WHERE id IN (<ids>) AND state IN (1, 3) AND node IS NULL""";
    static final String CLAIMED = """
            SELECT id, message, version, lease_until, recipient, orcpt, notify, attempts, notices_sent,
                   last_host, last_command, last_code, last_status, last_text
            FROM delivery FORCE INDEX (PRIMARY)
            WHERE id IN (<ids>) AND node = :node AND claim = :claim ORDER BY priority DESC, next_at, id""";
    static final String MESSAGES = """
            SELECT id, tenant, account, credential, sender, prefix, key_ids, size, body_type, smtputf8, requiretls, priority,
                   is_notice, ret, envid, language, hold_until, received, expires
            FROM message WHERE id IN (<ids>)""";
    static final String CONTENT_PART = """
            SELECT bytes FROM message_content WHERE message = ? AND part = ?""";
    static final String FIRST_LEASES = """
            SELECT id FROM delivery WHERE message = ? AND node = ? AND claim = ? AND version = 1""";
    static final String RENEW = """
            UPDATE delivery FORCE INDEX (PRIMARY) SET lease_until = ? WHERE id = ? AND version = ? AND node = ?""";
    /** Where a hold was asked for while the row was leased, it is on hold now. With the key to go by. */
    static final String FREE = """
            UPDATE delivery FORCE INDEX (%s) SET state_before_hold = IF(hold_reason IS NULL, NULL, IF(attempts = 0, 1, 3)),
                   state = IF(hold_reason IS NOT NULL, 4, IF(attempts = 0, 1, 3)),
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            """;

    static final String GIVE_BACK = FREE.formatted("PRIMARY") + "WHERE id = ? AND version = ? AND node = ?";
    static final String FREE_NODE = FREE.formatted("lease") + "WHERE node = ? AND lease_until < ? LIMIT 1000";
    static final String FREE_CLAIM = FREE.formatted("lease") + "WHERE node = ? AND claim = ?";
    static final String FREE_ANY = FREE.formatted("lease") + "WHERE node IS NOT NULL AND lease_until < ? LIMIT 1000";
    static final String HOLDS_LEASES = """
            SELECT 1 FROM delivery WHERE node = ? LIMIT 1""";
    static final String REPLACE_PREFIX = """
            UPDATE message SET prefix = ?, key_ids = ? WHERE id = ?""";

    private static final Collector<CharSequence, ?, String> UNION = Collectors.joining(" UNION ALL ");

    private ClaimSql() {}

    /** The deliveries of one state and bucket, which the key {@code due} holds in order of time; {@code first} is the oldest's. */
    record Slot(Key key, Instant first) {
        /** Which slot. */
        record Key(int state, int bucket) {}
    }

    /** A look at the lines behind one and below another. */
    record Look(Slot.Key slot, long after, long below, int limit) {}

    /** A delivery that may be claimed, and the place in the list of the look that met it. */
    record Due(long id, Slot.Key slot, long line, OptionalLong account, String domain, Instant nextAt, int look) {}

    /** Those of the buckets where something is due, oldest first. */
    static List<Slot> dueSlots(Handle handle, Set<Integer> buckets, Instant now) {
        if (buckets.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(SLOTS)
                .define("buckets", table(buckets))
                .bind("now", toSql(now))
                .map((row, context) -> new Slot(
                        new Slot.Key(row.getInt("state"), row.getInt("bucket")),
                        fromSql(row.getObject("first", LocalDateTime.class))))
                .list();
    }

    static String table(Set<Integer> buckets) {
        return buckets.stream()
                .map(bucket -> "SELECT " + bucket + " AS bucket")
                .collect(Collectors.joining(" UNION ALL "));
    }

    /** So many of each slot at most. */
    static List<Due> due(Handle handle, List<Slot> slots, Instant now, int each) {
        String sql = slots.stream().map(slot -> text(slot, each)).collect(UNION);
        return PlainQuery.list(handle, sql.replace(":now", PlainQuery.literal(now)), ClaimSql::due);
    }

    static String text(Slot slot, int limit) {
        return DUE.replace("<state>", String.valueOf(slot.key().state()))
                .replace("<bucket>", String.valueOf(slot.key().bucket()))
                .replace("<limit>", String.valueOf(limit));
    }

    private static Due due(ResultSet row) throws SQLException {
        long account = row.getLong("account");
        OptionalLong owner = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(account);
        return new Due(
                row.getLong("id"),
                new Slot.Key(row.getInt("state"), row.getInt("bucket")),
                row.getLong("line"),
                owner,
                row.getString("recipient_domain"),
                fromSql(row.getObject("next_at", LocalDateTime.class)),
                row.getInt("look"));
    }

    /** What the looks meet, due or not. */
    static List<Due> look(Handle handle, List<Look> looks) {
        String sql = IntStream.range(0, looks.size())
                .mapToObj(i -> text(i, looks.get(i)))
                .collect(UNION);
        return PlainQuery.list(handle, sql, ClaimSql::due);
    }

    static String text(int place, Look look) {
        return LOOK.replace("<look>", String.valueOf(place))
                .replace("<state>", String.valueOf(look.slot().state()))
                .replace("<bucket>", String.valueOf(look.slot().bucket()))
                .replace("<after>", String.valueOf(look.after()))
                .replace("<below>", String.valueOf(look.below()))
                .replace("<limit>", String.valueOf(look.limit()));
    }

    /** What is due of the lines of these, oldest first, a number of each. */
    static List<Due> ofLines(Handle handle, Collection<Due> lines, Instant now, int each) {
        String sql = lines.stream().map(line -> text(line, each)).collect(UNION);
        return PlainQuery.list(handle, sql.replace(":now", PlainQuery.literal(now)), ClaimSql::due);
    }

    static String text(Due line, int limit) {
        return OF_LINE.replace("<state>", String.valueOf(line.slot().state()))
                .replace("<bucket>", String.valueOf(line.slot().bucket()))
                .replace("<line>", String.valueOf(line.line()))
                .replace("<limit>", String.valueOf(limit));
    }

    static int claim(Handle handle, Collection<Long> ids, LeaseTerms lease) {
        return handle.createUpdate(CLAIM)
                .bindList("ids", List.copyOf(ids))
                .bind("node", lease.node())
                .bind("claim", lease.claim())
                .bind("until", toSql(lease.until()))
                .execute();
    }

    static List<ClaimedDelivery> claimed(Handle handle, Collection<Long> ids, LeaseTerms lease) {
        return handle.createQuery(CLAIMED)
                .bindList("ids", List.copyOf(ids))
                .bind("node", lease.node())
                .bind("claim", lease.claim())
                .map((row, context) -> Rows.claimed(row))
                .list();
    }

    /** Those leases that the message's own insert made and that nothing has touched since. */
    static List<Lease> firstLeases(Handle handle, MessageWriter.Planned planned) {
        LeaseTerms terms = planned.lease();
        long message = planned.message().envelope().id().value();
        List<Long> untouched = handle.select(FIRST_LEASES, message, terms.node(), terms.claim())
                .mapTo(Long.class)
                .list();
        return planned.leases().stream()
                .filter(lease -> untouched.contains(lease.delivery().value()))
                .toList();
    }

    static List<Rows.MessageRow> messages(Handle handle, Collection<Long> ids) {
        return handle.createQuery(MESSAGES)
                .bindList("ids", List.copyOf(ids))
                .map((row, context) -> Rows.message(row))
                .list();
    }

    static Optional<byte[]> contentPart(Handle handle, QueueId message, int part) {
        return handle.select(CONTENT_PART, message.value(), part)
                .map((row, context) -> row.getBytes(1))
                .findOne();
    }

    /** Counts, in the order of the leases: 1 where it is still held. */
    static int[] renew(Handle handle, List<Lease> leases, int node, Instant until) {
        return SqlBatch.run(
                handle,
                RENEW,
                leases,
                (batch, lease) -> batch.add(until, lease.delivery().value(), lease.version(), node));
    }

    static void giveBack(Handle handle, Collection<Lease> leases, int node) {
        SqlBatch.run(
                handle,
                GIVE_BACK,
                leases,
                (batch, lease) -> batch.add(lease.delivery().value(), lease.version(), node));
    }

    /** At most a thousand leases of a node that ended before a time. */
    static int free(Handle handle, int node, Instant endedBefore) {
        return handle.execute(FREE_NODE, node, toSql(endedBefore));
    }

    /** What one claim of a node took and still holds. */
    static int freeClaim(Handle handle, int node, long claim) {
        return handle.execute(FREE_CLAIM, node, claim);
    }

    /** At most a thousand leases of any node that ended before a time. */
    static int free(Handle handle, Instant endedBefore) {
        return handle.execute(FREE_ANY, toSql(endedBefore));
    }

    static boolean holdsLeases(Handle handle, int node) {
        return handle.select(HOLDS_LEASES, node).mapTo(Integer.class).findOne().isPresent();
    }

    static void replacePrefix(Handle handle, QueueId message, SignedPrefix prefix) {
        handle.execute(REPLACE_PREFIX, prefix.bytes(), IntakeSql.joined(prefix.keyIds()), message.value());
    }
}
