package io.sealpost.queue.jdbc;

import static io.sealpost.database.SqlTimes.fromSql;
import static io.sealpost.database.SqlTimes.toSql;

import io.sealpost.mail.MailDomain;
import io.sealpost.queue.Buckets;
import io.sealpost.queue.QueueClaims;
import io.sealpost.queue.Suspended;
import io.sealpost.queue.Suspension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements on suspensions and on what they put off; one method a statement. */
final class SuspensionSql {
    private static final RowMapper<Suspension> SUSPENSION = (row, context) -> suspension(row);
    private static final String COLUMNS = """
            SELECT kind, subject, account, since, ends, actor, reason FROM suspension
            """;
    static final String ALL = COLUMNS + "WHERE ends > ? ORDER BY kind, subject LIMIT 1000";
    static final String ONE = COLUMNS + "WHERE kind = ? AND subject = ? FOR UPDATE";
    private static final String PUT = """
            INSERT INTO suspension (kind, subject, account, since, ends, actor, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE account = VALUES(account), since = VALUES(since), ends = VALUES(ends),
                                    actor = VALUES(actor), reason = VALUES(reason)""";
    private static final String DELETE = """
            DELETE FROM suspension WHERE kind = ? AND subject = ?""";
    private static final String DELETE_ENDED = """
            DELETE FROM suspension WHERE ends <= ?""";
    /** What a suspension put off is due within its spread, so a range of the key {@code due} for each state and bucket holds it. */
    private static final String PUT_OFF = """
            delivery FORCE INDEX (due) %s
            WHERE state IN (1, 3, 4) AND bucket IN (<buckets>) AND next_at >= :from AND next_at <= :to AND node IS NULL
                AND (:domain IS NULL OR recipient_domain = :domain) AND (:account IS NULL OR account = :account)
                AND (:site IS NULL OR LOWER(site) = :site OR FIND_IN_SET(:site, LOWER(site)) > 0)
            LIMIT :limit""";

    static final String BRING_BACK = "UPDATE " + PUT_OFF.formatted("SET next_at = :now, version = version + 1");
    static final String COUNT = "SELECT COUNT(*) FROM (SELECT 1 FROM " + PUT_OFF.formatted("") + ") AS bounded";

    private SuspensionSql() {}

    static List<Suspension> all(Handle handle, Instant now) {
        return handle.select(ALL, toSql(now)).map(SUSPENSION).list();
    }

    /** Locked until the end of the transaction. */
    static Optional<Suspension> one(Handle handle, Suspended what) {
        return handle.select(ONE, what.kind(), what.name()).map(SUSPENSION).findOne();
    }

    static void put(Handle handle, Suspension suspension) {
        Suspended what = suspension.what();
        handle.execute(
                PUT,
                what.kind(),
                what.name(),
                what instanceof Suspended.Account account ? account.row() : null,
                toSql(suspension.since()),
                toSql(suspension.ends()),
                suspension.actor(),
                suspension.reason());
    }

    static int delete(Handle handle, Suspended what) {
        return handle.execute(DELETE, what.kind(), what.name());
    }

    /** Those that ended by themselves. */
    static void deleteEnded(Handle handle, Instant now) {
        handle.execute(DELETE_ENDED, toSql(now));
    }

    static int bringBack(Handle handle, Suspension ended, Instant now, int limit) {
        return bound(handle.createUpdate(BRING_BACK), ended, limit)
                .bind("now", toSql(now))
                .execute();
    }

    static long count(Handle handle, Suspension suspension, int most) {
        return bound(handle.createQuery(COUNT), suspension, most)
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Suspension suspension, int limit) {
        Suspended what = suspension.what();
        return statement
                .bindList("buckets", buckets(what))
                .bind("from", toSql(suspension.ends()))
                .bind("to", toSql(suspension.ends().plus(Suspension.SPREAD)))
                .bind(
                        "domain",
                        what instanceof Suspended.Domain domain
                                ? domain.domain().ascii()
                                : null)
                .bind("account", what instanceof Suspended.Account account ? account.row() : null)
                .bind("site", what instanceof Suspended.Site site ? site.host() : null)
                .bind("limit", limit);
    }

    private static List<Integer> buckets(Suspended what) {
        return what instanceof Suspended.Domain domain
                ? List.of(Buckets.of(domain.domain()))
                : IntStream.range(0, QueueClaims.BUCKETS).boxed().toList();
    }

    private static Suspension suspension(ResultSet row) throws SQLException {
        return new Suspension(
                what(row),
                fromSql(row.getObject("since", LocalDateTime.class)),
                fromSql(row.getObject("ends", LocalDateTime.class)),
                row.getString("actor"),
                row.getString("reason"));
    }

    private static Suspended what(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        return switch (row.getString("kind")) {
            case "domain" -> new Suspended.Domain(new MailDomain(subject));
            case "account" -> new Suspended.Account(row.getLong("account"), Rows.address(subject));
            case "site" -> new Suspended.Site(subject);
            default -> throw new IllegalStateException("not a kind of suspension: " + row.getString("kind"));
        };
    }
}
