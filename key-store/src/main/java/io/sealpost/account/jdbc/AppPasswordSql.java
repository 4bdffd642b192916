package io.sealpost.account.jdbc;

import io.sealpost.account.AppPassword;
import io.sealpost.account.CredentialBounds;
import io.sealpost.database.SqlTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Every statement on app passwords; one method is one statement. */
final class AppPasswordSql {
    private static final String COLUMNS = """
            SELECT id, account, label, created, bounds FROM app_password
            """;
    private static final String LIST = COLUMNS + "WHERE account = ? ORDER BY id";
    private static final String FIND = COLUMNS + "WHERE account = ? AND id = ?";
    private static final String BY_MAC = COLUMNS + "WHERE account = ? AND mac = ?";
    private static final String INSERT = """
            INSERT INTO app_password (account, mac, label, bounds, created) VALUES (?, ?, ?, ?, ?)""";
    private static final String DELETE = """
            DELETE FROM app_password WHERE id = ?""";
    private static final String DELETE_ALL = """
            DELETE FROM app_password WHERE account = ?""";

    private AppPasswordSql() {}

    static List<AppPassword> list(Handle handle, long account) {
        return handle.select(LIST, account)
                .map((row, context) -> appPassword(row))
                .list();
    }

    static Optional<AppPassword> find(Handle handle, long account, long id) {
        return handle.select(FIND, account, id)
                .map((row, context) -> appPassword(row))
                .findOne();
    }

    static Optional<AppPassword> byMac(Handle handle, long account, byte[] mac) {
        return handle.select(BY_MAC, account, mac)
                .map((row, context) -> appPassword(row))
                .findOne();
    }

    static long insert(
            Handle handle, long account, byte[] mac, String label, CredentialBounds bounds, Instant created) {
        return handle.createUpdate(INSERT)
                .bind(0, account)
                .bind(1, mac)
                .bind(2, label)
                .bind(3, BoundsJson.write(bounds).orElse(null))
                .bind(4, SqlTimes.toSql(created))
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    static int delete(Handle handle, long id) {
        return handle.execute(DELETE, id);
    }

    static int deleteAll(Handle handle, long account) {
        return handle.execute(DELETE_ALL, account);
    }

    private static AppPassword appPassword(ResultSet row) throws SQLException {
        return new AppPassword(
                row.getLong("id"),
                row.getLong("account"),
                row.getString("label"),
                SqlTimes.fromSql(row.getObject("created", LocalDateTime.class)),
                BoundsJson.read(Optional.ofNullable(row.getString("bounds"))));
    }
}
