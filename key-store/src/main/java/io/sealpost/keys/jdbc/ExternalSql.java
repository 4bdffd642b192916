package io.sealpost.keys.jdbc;

import io.sealpost.database.SqlTimes;
import io.sealpost.keys.ExternalDomain;
import io.sealpost.keys.ExternalDomain.Proof;
import io.sealpost.keys.ExternalDomain.State;
import io.sealpost.mail.MailDomain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on external domains; one method is one statement. */
final class ExternalSql {
    private static final String INSERT_TOKEN = """
            INSERT INTO external_token (token, tenant, name, zone, created) VALUES (?, ?, ?, ?, ?)""";
    private static final String INSERT_CLAIM = """
            INSERT INTO domain (tenant, name, proven_name, created) VALUES (?, ?, NULL, ?)""";
    private static final String INSERT_EXTERNAL = """
            INSERT INTO external_domain (domain, token, next_look, version) VALUES (?, ?, ?, 1)""";
    private static final String COLUMNS = """
            SELECT d.id, d.tenant, d.name, d.proven_name, d.created, t.token, t.zone, e.proven, e.lapsed, e.gone_since, e.looked,
                   e.next_look, e.version
            FROM external_domain e JOIN domain d ON d.id = e.domain JOIN external_token t ON t.token = e.token
            """;
    static final String ALL = COLUMNS + "ORDER BY d.name, d.id";
    static final String OF_NAME = COLUMNS + "WHERE t.name = ? ORDER BY d.id";
    static final String HOLDER = COLUMNS + "WHERE d.proven_name = ?";
    static final String ONE = COLUMNS + "WHERE d.id = ?";
    private static final String LOCK = ONE + " FOR UPDATE";
    static final String DUE = COLUMNS + "WHERE e.next_look <= ? ORDER BY e.next_look LIMIT ?";
    static final String CLAIM_OF = COLUMNS + "WHERE d.name = ? AND d.tenant = ?";
    private static final String TAKE = """
            UPDATE external_domain SET next_look = ?, version = version + 1 WHERE domain = ? AND version = ?""";
    private static final String SAVE = """
            UPDATE external_domain
            SET proven = ?, lapsed = ?, gone_since = ?, looked = ?, next_look = ?, version = version + 1 WHERE domain = ?""";
    private static final String SET_PROVEN_NAME = """
            UPDATE domain SET proven_name = ? WHERE id = ?""";
    private static final String RETIRE_KEYS = """
            UPDATE dkim_key SET state = 'retired', version = version + 1, state_since = ?
            WHERE domain = ? AND state IN ('active', 'retiring')""";
    private static final String SIGNING_LABELS = """
            SELECT selector FROM dkim_key WHERE domain = ? AND state = 'active'""";
    private static final String MARK_REMOVED = """
            UPDATE external_token SET removed = ? WHERE token = (SELECT token FROM external_domain WHERE domain = ?)""";
    static final String REMOVED = """
            SELECT tenant, name, token, zone, created, removed FROM external_token WHERE removed > ? ORDER BY removed""";

    private ExternalSql() {}

    /** A row with what only this package may see. */
    record ExternalRow(
            ExternalDomain shown, Optional<Instant> proven, Optional<Instant> lapsed, Instant nextLook, long version) {}

    /** What a look changes. */
    record Looked(
            Optional<Instant> proven,
            Optional<Instant> lapsed,
            Optional<Instant> goneSince,
            Instant looked,
            Instant nextLook) {}

    static void insertToken(Handle handle, ExternalDomain domain, Instant now) {
        handle.execute(
                INSERT_TOKEN,
                domain.token(),
                domain.tenant(),
                domain.name().ascii(),
                domain.zone().ascii(),
                SqlTimes.toSql(now));
    }

    static long insertClaim(Handle handle, long tenant, MailDomain name, Instant now) {
        return handle.createUpdate(INSERT_CLAIM)
                .bind(0, tenant)
                .bind(1, name.ascii())
                .bind(2, SqlTimes.toSql(now))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static void insertExternal(Handle handle, long domain, String token, Instant nextLook) {
        handle.execute(INSERT_EXTERNAL, domain, token, SqlTimes.toSql(nextLook));
    }

    static List<ExternalRow> all(Handle handle) {
        return handle.select(ALL).map((row, context) -> row(row)).list();
    }

    static List<ExternalRow> ofName(Handle handle, MailDomain name) {
        return handle.select(OF_NAME, name.ascii())
                .map((row, context) -> row(row))
                .list();
    }

    static Optional<ExternalRow> holder(Handle handle, MailDomain name) {
        return handle.select(HOLDER, name.ascii())
                .map((row, context) -> row(row))
                .findOne();
    }

    static Optional<ExternalRow> claimOf(Handle handle, long tenant, MailDomain name) {
        return handle.select(CLAIM_OF, name.ascii(), tenant)
                .map((row, context) -> row(row))
                .findOne();
    }

    static Optional<ExternalRow> one(Handle handle, long domain) {
        return handle.select(ONE, domain).map((row, context) -> row(row)).findOne();
    }

    static Optional<ExternalRow> lock(Handle handle, long domain) {
        return handle.select(LOCK, domain).map((row, context) -> row(row)).findOne();
    }

    static List<ExternalRow> due(Handle handle, Instant now, int most) {
        return handle.select(DUE, SqlTimes.toSql(now), most)
                .map((row, context) -> row(row))
                .list();
    }

    /** 1 when nobody took it before, else 0. */
    static int take(Handle handle, ExternalRow row, Instant nextLook) {
        return handle.execute(TAKE, SqlTimes.toSql(nextLook), row.shown().id(), row.version());
    }

    static void save(Handle handle, long domain, Looked looked) {
        handle.execute(
                SAVE,
                sql(looked.proven()),
                sql(looked.lapsed()),
                sql(looked.goneSince()),
                SqlTimes.toSql(looked.looked()),
                SqlTimes.toSql(looked.nextLook()),
                domain);
    }

    static void setProvenName(Handle handle, long domain, Optional<MailDomain> name) {
        handle.execute(SET_PROVEN_NAME, name.map(MailDomain::ascii).orElse(null), domain);
    }

    static int retireKeys(Handle handle, long domain, Instant now) {
        return handle.execute(RETIRE_KEYS, SqlTimes.toSql(now), domain);
    }

    static List<String> signingLabels(Handle handle, long domain) {
        return handle.select(SIGNING_LABELS, domain).mapTo(String.class).list();
    }

    static void markRemoved(Handle handle, long domain, Instant now) {
        handle.execute(MARK_REMOVED, SqlTimes.toSql(now), domain);
    }

    static List<ExternalDomain> removed(Handle handle, Instant after) {
        return handle.select(REMOVED, SqlTimes.toSql(after))
                .map((row, context) -> new ExternalDomain(
                        0,
                        row.getLong("tenant"),
                        new MailDomain(row.getString("name")),
                        row.getString("token"),
                        new MailDomain(row.getString("zone")),
                        new Proof(
                                State.CLAIMED, time(row, "removed").orElseThrow(), Optional.empty(), Optional.empty())))
                .list();
    }

    private static ExternalRow row(ResultSet row) throws SQLException {
        Optional<Instant> proven = time(row, "proven");
        Optional<Instant> lapsed = time(row, "lapsed");
        State state =
                row.getString("proven_name") == null ? State.CLAIMED : lapsed.isPresent() ? State.LAPSED : State.PROVEN;
        Instant created = time(row, "created").orElseThrow();
        Instant since = switch (state) {
            case CLAIMED -> created;
            case PROVEN -> proven.orElse(created);
            case LAPSED -> lapsed.orElse(created);
        };
        ExternalDomain shown = new ExternalDomain(
                row.getLong("id"),
                row.getLong("tenant"),
                new MailDomain(row.getString("name")),
                row.getString("token"),
                new MailDomain(row.getString("zone")),
                new Proof(state, since, time(row, "gone_since"), time(row, "looked")));
        return new ExternalRow(shown, proven, lapsed, time(row, "next_look").orElseThrow(), row.getLong("version"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDateTime.class)).map(SqlTimes::fromSql);
    }

    private static LocalDateTime sql(Optional<Instant> time) {
        return time.map(SqlTimes::toSql).orElse(null);
    }
}
