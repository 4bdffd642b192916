package io.sealpost.account.jdbc;

import io.sealpost.account.LoginUse;
import io.sealpost.database.SqlTimes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Every statement on {@code login_use}; one method is one statement. */
final class LoginUseSql {
    /** Nothing is written of an account that is gone. */
    static final String ADD = """
            INSERT INTO login_use (account, credential, outcome, at, client, listener, tls, helo, times)
            SELECT a.id, :credential, :outcome, :at, :client, :listener, :tls, :helo, :times
            FROM account a WHERE a.id = :account
            ON DUPLICATE KEY UPDATE
                times = login_use.times + VALUES(times),
                client = IF(VALUES(at) < login_use.at, client, VALUES(client)),
                listener = IF(VALUES(at) < login_use.at, listener, VALUES(listener)),
                tls = IF(VALUES(at) < login_use.at, tls, VALUES(tls)),
                helo = IF(VALUES(at) < login_use.at, helo, VALUES(helo)),
                at = GREATEST(login_use.at, VALUES(at))""";

    private static final String OF_CREDENTIAL_0 = """
            SELECT outcome, at, client, listener, tls, helo, times
            FROM login_use WHERE account = ? AND credential = 0 AND outcome = 'granted'""";
    private static final String REFUSALS = """
            SELECT outcome, at, client, listener, tls, helo, times
            FROM login_use WHERE account = ? AND outcome <> 'granted' ORDER BY at""";
    private static final String FORGET = """
            DELETE FROM login_use WHERE account = ? AND credential = ?""";
    private static final int MAX_HELO = 255;
    private static final int MAX_TLS = 64;

    private LoginUseSql() {}

    /** Adds these in one statement sent as a batch, in the order of their keys so that two nodes do not wait for each other in a ring. */
    static void add(Handle handle, List<Map.Entry<LoginUseKey, LoginUse>> uses) {
        PreparedBatch batch = handle.prepareBatch(ADD);
        for (Map.Entry<LoginUseKey, LoginUse> use : uses) {
            batch.bind("account", use.getKey().account())
                    .bind("credential", use.getKey().credential())
                    .bind("outcome", use.getKey().outcome())
                    .bind("at", SqlTimes.toSql(use.getValue().at()))
                    .bind("client", use.getValue().client().getHostAddress())
                    .bind("listener", use.getValue().listener())
                    .bind(
                            "tls",
                            use.getValue().tls().map(text -> cut(text, MAX_TLS)).orElse(null))
                    .bind("helo", cut(use.getValue().helo(), MAX_HELO))
                    .bind("times", use.getValue().times())
                    .add();
        }
        batch.execute();
    }

    private static String cut(String text, int most) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(most, text.codePointCount(0, text.length()))));
    }

    static Optional<LoginUse> ofMainPassword(Handle handle, long account) {
        return handle.select(OF_CREDENTIAL_0, account)
                .map((row, context) -> use(row))
                .findOne();
    }

    /** The last of each outcome that is no grant, over all credentials. */
    static Map<String, LoginUse> refusals(Handle handle, long account) {
        Map<String, LoginUse> latest = new HashMap<>();
        handle.select(REFUSALS, account)
                .map((row, context) -> Map.entry(row.getString("outcome"), use(row)))
                .forEach(each -> latest.merge(each.getKey(), each.getValue(), LoginUseSql::together));
        return latest;
    }

    private static LoginUse together(LoginUse before, LoginUse after) {
        return new LoginUse(
                after.at(),
                after.client(),
                after.listener(),
                after.tls(),
                after.helo(),
                before.times() + after.times());
    }

    static int forget(Handle handle, long account, long credential) {
        return handle.execute(FORGET, account, credential);
    }

    /** The use in a row with its columns; the statement has no other of these names. */
    static LoginUse use(ResultSet row) throws SQLException {
        return new LoginUse(
                SqlTimes.fromSql(row.getObject("at", LocalDateTime.class)),
                address(row.getString("client")),
                row.getString("listener"),
                Optional.ofNullable(row.getString("tls")),
                row.getString("helo"),
                row.getLong("times"));
    }

    private static InetAddress address(String stored) {
        try {
            return InetAddress.getByName(stored); // As we wrote it: an address, which is not looked up.
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a stored client that is no address", e);
        }
    }
}
