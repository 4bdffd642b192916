package io.sealpost.queue.jdbc;

import io.sealpost.queue.DeliveryState;
import io.sealpost.queue.jdbc.InspectionSql.Found;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements that look for rows that do not fit together; one method a statement. Each walks a range of a key. */
final class VerificationSql {
    static final String DELIVERIES = """
            SELECT id FROM delivery FORCE INDEX (PRIMARY) WHERE id > ? ORDER BY id LIMIT ?""";
    static final String ODD_DELIVERIES = """
            SELECT d.id, d.message, d.version, d.state, d.recipient, m.id IS NULL AS orphan, IFNULL(d.hold_reason, '') AS reason
            FROM delivery d FORCE INDEX (PRIMARY) LEFT JOIN message m ON m.id = d.message
            WHERE d.id > ? AND d.id <= ? AND (m.id IS NULL OR (d.state = 2) <> (d.node IS NOT NULL))""";
    static final String SIZES = """
            SELECT id, size FROM message FORCE INDEX (PRIMARY) WHERE id > ? ORDER BY id LIMIT ?""";
    /** LENGTH reads the bytes: a few messages at a time. */
    static final String DAMAGED = """
            SELECT m.id, m.size, COUNT(c.part) AS parts, IFNULL(MAX(c.part) + 1, 0) AS last, IFNULL(SUM(LENGTH(c.bytes)), 0) AS bytes
            FROM message m FORCE INDEX (PRIMARY) LEFT JOIN message_content c ON c.message = m.id WHERE m.id IN (<ids>)
            GROUP BY m.id, m.size HAVING bytes <> m.size OR parts <> last""";

    static final String CONTENTS = """
            SELECT DISTINCT message FROM message_content WHERE message > ? ORDER BY message LIMIT ?""";
    static final String KNOWN = """
            SELECT id FROM message WHERE id IN (<ids>)""";
    static final String LEASES = """
            SELECT node, COUNT(*) AS leases FROM delivery FORCE INDEX (lease) WHERE node IS NOT NULL GROUP BY node""";
    static final String FREE_TORN = """
            UPDATE delivery SET state = IF(hold_reason IS NOT NULL, 4, IF(attempts = 0, 1, 3)),
                   state_before_hold = IF(hold_reason IS NULL, NULL, IF(attempts = 0, 1, 3)),
                   node = NULL, claim = NULL, lease_until = NULL, version = version + 1
            WHERE id = ? AND version = ? AND (state = 2) <> (node IS NOT NULL)""";

    private VerificationSql() {}

    /** A delivery that does not fit; {@code orphan}: its message is missing. */
    record Odd(Found row, boolean orphan, String holdReason) {}

    /** A message and how long its content is said to be. */
    record Size(long id, long bytes) {}

    /** A message whose content is not what it was. */
    record Damaged(long id, long size, long parts, long bytes) {}

    /** How many leases a node has. */
    record Leases(int node, long count) {}

    static List<Long> deliveries(Handle handle, long after, int limit) {
        return handle.select(DELIVERIES, after, limit).mapTo(Long.class).list();
    }

    static List<Odd> oddDeliveries(Handle handle, long after, long upTo) {
        return handle.select(ODD_DELIVERIES, after, upTo)
                .map((row, context) -> new Odd(
                        new Found(
                                row.getLong("id"),
                                row.getLong("message"),
                                row.getLong("version"),
                                DeliveryState.ofCode(row.getInt("state")),
                                row.getString("recipient")),
                        row.getBoolean("orphan"),
                        row.getString("reason")))
                .list();
    }

    static List<Size> sizes(Handle handle, long after, int limit) {
        return handle.select(SIZES, after, limit)
                .map((row, context) -> new Size(row.getLong("id"), row.getLong("size")))
                .list();
    }

    static List<Damaged> damaged(Handle handle, List<Long> ids) {
        return handle.createQuery(DAMAGED)
                .bindList("ids", ids)
                .map((row, context) ->
                        new Damaged(row.getLong("id"), row.getLong("size"), row.getLong("parts"), row.getLong("bytes")))
                .list();
    }

    static List<Long> contents(Handle handle, long after, int limit) {
        return handle.select(CONTENTS, after, limit).mapTo(Long.class).list();
    }

    static List<Long> known(Handle handle, List<Long> ids) {
        return handle.createQuery(KNOWN).bindList("ids", ids).mapTo(Long.class).list();
    }

    static List<Leases> leases(Handle handle) {
        return handle.select(LEASES)
                .map((row, context) -> new Leases(row.getInt("node"), row.getLong("leases")))
                .list();
    }

    static int freeTorn(Handle handle, Found row) {
        return handle.execute(FREE_TORN, row.id(), row.version());
    }
}
