package io.sealpost.database;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on this module's own tables; one method is one statement. */
final class DatabaseSql {
    private static final String APPEND_CHANGE = """
            INSERT INTO change_feed (kind, subject, at) VALUES (?, ?, ?)""";
    private static final String CHANGES_SINCE = """
            SELECT seq, kind, subject, at FROM change_feed
            WHERE at >= LEAST(CAST(? AS DATETIME(6)), UTC_TIMESTAMP(6) - INTERVAL 60 SECOND) ORDER BY seq""";
    /** As {@link #OLD_AUDIT}. */
    static final String OLD_CHANGES = """
            SELECT seq FROM change_feed FORCE INDEX (at) WHERE at < ? ORDER BY at LIMIT 1000""";

    static final String REMOVE_CHANGES = """
            DELETE FROM change_feed WHERE seq IN (<ids>)""";
    private static final String APPEND_AUDIT = """
            INSERT INTO audit (tenant, actor, action, subject, at, json) VALUES (?, ?, ?, ?, ?, ?)""";
    /** By time, backwards along its key; {@code before} is an entry's number, whose own time is looked up. */
    static final String AUDIT = """
            SELECT id, tenant, actor, action, subject, at, json FROM audit FORCE INDEX (at)
            WHERE at >= :since AND at <= :until AND (at < :until OR id < :before)
                AND (:subject IS NULL OR LOCATE(LOWER(:subject), LOWER(subject)) > 0)
                AND (:action IS NULL OR action = :action OR action LIKE CONCAT(:action, '.%'))
            ORDER BY at DESC, id DESC LIMIT :limit""";

    static final String AUDIT_TIME = """
            SELECT at FROM audit WHERE id = ?""";
    private static final LocalDateTime FIRST = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(9999, 1, 1, 0, 0);

    /** The key by name, which a DELETE does not take: of many old rows the optimizer would read the whole table. */
    static final String OLD_AUDIT = """
            SELECT id FROM audit FORCE INDEX (at) WHERE at < ? ORDER BY at LIMIT 1000""";

    static final String REMOVE_AUDIT = """
            DELETE FROM audit WHERE id IN (<ids>)""";
    private static final String SERVER_TIME = """
            SELECT UTC_TIMESTAMP(6)""";
    private static final String NODES = """
            SELECT id, name, incarnation, heartbeat, beat_at FROM node ORDER BY id""";
    private static final String NODE_BY_NAME = """
            SELECT id, name, incarnation, heartbeat, beat_at FROM node WHERE name = ?""";
    private static final String INSERT_NODE = """
            INSERT INTO node (id, name, incarnation, heartbeat, beat_at) VALUES (?, ?, 1, 0, ?)""";
    private static final String TAKE_NODE = """
            UPDATE node SET name = ?, incarnation = incarnation + 1, heartbeat = heartbeat + 1, beat_at = ?
            WHERE id = ? AND incarnation = ? AND heartbeat = ?""";
    private static final String BEAT = """
            UPDATE node SET heartbeat = heartbeat + 1, beat_at = ? WHERE id = ? AND incarnation = ? AND name = ?""";
    private static final String DELETE_NODE = """
            DELETE FROM node WHERE id = ? AND incarnation = ? AND name = ?""";

    private static final String TABLES_OF_OTHER_ENGINES = """
            SELECT table_name FROM information_schema.tables
            WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine <> 'InnoDB' ORDER BY table_name""";

    private DatabaseSql() {}

    record ChangeRow(long seq, String kind, String subject, LocalDateTime at) {}

    record AuditRow(long id, long tenant, String actor, String action, String subject, LocalDateTime at, String json) {}

    record NodeRow(int id, String name, long incarnation, long heartbeat, LocalDateTime beatAt) {}

    static void appendChange(Handle handle, String kind, String subject, LocalDateTime at) {
        handle.execute(APPEND_CHANGE, kind, subject, at);
    }

    /** The changes since then, and in any case those of the last minute by the server's own time. */
    static List<ChangeRow> changesSince(Handle handle, LocalDateTime since) {
        return handle.select(CHANGES_SINCE, since)
                .map((row, context) -> new ChangeRow(
                        row.getLong("seq"),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getObject("at", LocalDateTime.class)))
                .list();
    }

    static List<Long> oldChanges(Handle handle, LocalDateTime before) {
        return handle.select(OLD_CHANGES, before).mapTo(Long.class).list();
    }

    static int removeChanges(Handle handle, List<Long> ids) {
        return handle.createUpdate(REMOVE_CHANGES).bindList("ids", ids).execute();
    }

    static void appendAudit(Handle handle, AuditEntry entry, LocalDateTime at, String json) {
        handle.execute(APPEND_AUDIT, entry.tenant(), entry.actor(), entry.action(), entry.subject(), at, json);
    }

    /** The latest first. Two statements: the time of the entry to go on behind, and the entries. */
    static List<AuditRow> audit(Handle handle, AuditQuery query, int limit) {
        LocalDateTime until = query.before()
                .flatMap(id -> handle.select(AUDIT_TIME, id)
                        .map((row, context) -> row.getObject("at", LocalDateTime.class))
                        .findOne())
                .orElse(LAST);
        return handle.createQuery(AUDIT)
                .bind("since", query.since().map(SqlTimes::toSql).orElse(FIRST))
                .bind("until", until)
                .bind("before", query.before().orElse(Long.MAX_VALUE))
                .bind("subject", query.subject().orElse(null))
                .bind("action", query.action().orElse(null))
                .bind("limit", limit)
                .map((row, context) -> new AuditRow(
                        row.getLong("id"),
                        row.getLong("tenant"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getObject("at", LocalDateTime.class),
                        row.getString("json")))
                .list();
    }

    static List<Long> oldAudit(Handle handle, LocalDateTime before) {
        return handle.select(OLD_AUDIT, before).mapTo(Long.class).list();
    }

    static int removeAudit(Handle handle, List<Long> ids) {
        return handle.createUpdate(REMOVE_AUDIT).bindList("ids", ids).execute();
    }

    static LocalDateTime serverTime(Handle handle) {
        return handle.select(SERVER_TIME)
                .map((row, context) -> row.getObject(1, LocalDateTime.class))
                .one();
    }

    static List<NodeRow> nodes(Handle handle) {
        return handle.select(NODES).map((row, context) -> nodeRow(row)).list();
    }

    static Optional<NodeRow> nodeByName(Handle handle, String name) {
        return handle.select(NODE_BY_NAME, name)
                .map((row, context) -> nodeRow(row))
                .findOne();
    }

    static void insertNode(Handle handle, int id, String name, LocalDateTime at) {
        handle.execute(INSERT_NODE, id, name, at);
    }

    /** Takes the number of {@code row} for {@code name}: 1 when it is ours, 0 when it stirred meanwhile. */
    static int takeNode(Handle handle, NodeRow row, String name, LocalDateTime at) {
        return handle.execute(TAKE_NODE, name, at, row.id(), row.incarnation(), row.heartbeat());
    }

    static int beat(Handle handle, NodeNumber node, LocalDateTime at) {
        return handle.execute(BEAT, at, node.number(), node.incarnation(), node.name());
    }

    static int deleteNode(Handle handle, NodeNumber node) {
        return handle.execute(DELETE_NODE, node.number(), node.incarnation(), node.name());
    }

    /** Each variable of the server that is asked for and known to it. */
    static Map<String, String> variables(Handle handle, List<String> names) {
        return handle.createQuery("SHOW GLOBAL VARIABLES WHERE Variable_name IN (<names>)")
                .bindList("names", names)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    static List<String> tablesOfOtherEngines(Handle handle) {
        return handle.select(TABLES_OF_OTHER_ENGINES).mapTo(String.class).list();
    }

    /** Each status value of the server that is asked for and known to it. */
    static Map<String, String> status(Handle handle, List<String> names) {
        return handle.createQuery("SHOW GLOBAL STATUS WHERE Variable_name IN (<names>)")
                .bindList("names", names)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private static NodeRow nodeRow(java.sql.ResultSet row) throws java.sql.SQLException {
        return new NodeRow(
                row.getInt("id"),
                row.getString("name"),
                row.getLong("incarnation"),
                row.getLong("heartbeat"),
                row.getObject("beat_at", LocalDateTime.class));
    }
}
