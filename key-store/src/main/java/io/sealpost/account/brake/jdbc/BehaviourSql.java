package io.sealpost.account.brake.jdbc;

import io.sealpost.account.brake.BrakeStore.Origin;
import io.sealpost.account.brake.Noticed;
import io.sealpost.database.SqlTimes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Every statement on {@code account_day} and {@code login_network}. */
final class BehaviourSql {
    private static final String ADD_DAY = """
            INSERT INTO account_day (account, day, node, messages, recipients, refused) VALUES (?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE messages = messages + VALUES(messages), recipients = recipients + VALUES(recipients),
                refused = refused + VALUES(refused)""";
    static final String DAY = """
            SELECT COALESCE(SUM(messages), 0) AS messages, COALESCE(SUM(recipients), 0) AS recipients,
                COALESCE(SUM(refused), 0) AS refused
            FROM account_day WHERE account = ? AND day = ?""";
    static final String MEAN = """
            SELECT COALESCE(SUM(recipients) DIV COUNT(DISTINCT day), 0)
            FROM account_day WHERE account = ? AND day >= ? AND day < ? AND recipients > 0""";
    private static final String ADD_LOGIN = """
            INSERT INTO login_network (account, network, first_seen, last_seen, recipients) VALUES (?, ?, ?, ?, 0)
            ON DUPLICATE KEY UPDATE last_seen = GREATEST(last_seen, VALUES(last_seen))""";
    private static final String ADD_RECIPIENTS = """
            UPDATE login_network SET recipients = recipients + ? WHERE account = ? AND network = ? AND first_seen > ?""";
    static final String NETWORKS = """
            SELECT COUNT(*) FROM login_network WHERE account = ? AND last_seen >= ? AND first_seen > ?""";
    static final String BURST = """
            SELECT COALESCE(MAX(n.recipients), 0) FROM login_network n WHERE n.account = ? AND n.first_seen > ?
            AND EXISTS (SELECT 1 FROM login_network o WHERE o.account = n.account AND o.first_seen < ?)""";
    static final String KNOWS = """
            SELECT COUNT(*) FROM login_network WHERE account = ? AND network = ?""";
    private static final String PRUNE_DAYS = """
            DELETE FROM account_day WHERE day < ? LIMIT 1000""";
    private static final String PRUNE_NETWORKS = """
            DELETE FROM login_network WHERE last_seen < ? LIMIT 1000""";

    private BehaviourSql() {}

    static int addDay(Handle handle, int node, LocalDate day, Map<Long, Noticed> noticed) {
        PreparedBatch batch = handle.prepareBatch(ADD_DAY);
        new TreeMap<>(noticed)
                .forEach((account, one) ->
                        batch.add(account, day, node, one.messages(), one.recipients(), one.refused()));
        return batch.execute().length;
    }

    static Noticed day(Handle handle, long account, LocalDate day) {
        return handle.select(DAY, account, day)
                .map((row, context) ->
                        new Noticed(row.getLong("messages"), row.getLong("recipients"), row.getLong("refused")))
                .one();
    }

    static long mean(Handle handle, long account, LocalDate from, LocalDate today) {
        return handle.select(MEAN, account, from, today).mapTo(Long.class).one();
    }

    static int addLogins(Handle handle, Collection<Origin> logins, Instant now) {
        PreparedBatch batch = handle.prepareBatch(ADD_LOGIN);
        logins.forEach(
                login -> batch.add(login.account(), login.network().text(), SqlTimes.toSql(now), SqlTimes.toSql(now)));
        return batch.execute().length;
    }

    static int addRecipients(Handle handle, Map<Origin, Long> recipients, Instant newSince) {
        PreparedBatch batch = handle.prepareBatch(ADD_RECIPIENTS);
        recipients.forEach((origin, count) ->
                batch.add(count, origin.account(), origin.network().text(), SqlTimes.toSql(newSince)));
        return batch.execute().length;
    }

    static long networks(Handle handle, long account, Instant seenSince, Instant newSince) {
        return handle.select(NETWORKS, account, SqlTimes.toSql(seenSince), SqlTimes.toSql(newSince))
                .mapTo(Long.class)
                .one();
    }

    /** Only for an account that is known from elsewhere for longer than that. */
    static long burst(Handle handle, long account, Instant newSince, Instant knownBefore) {
        return handle.select(BURST, account, SqlTimes.toSql(newSince), SqlTimes.toSql(knownBefore))
                .mapTo(Long.class)
                .one();
    }

    static boolean knows(Handle handle, Origin origin) {
        return handle.select(KNOWS, origin.account(), origin.network().text())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    static int prune(Handle handle, LocalDate days, Instant now, Duration networks) {
        return handle.execute(PRUNE_DAYS, days) + handle.execute(PRUNE_NETWORKS, SqlTimes.toSql(now.minus(networks)));
    }
}
